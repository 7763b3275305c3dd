using System.Text.Json.Nodes;
using Broker.Cli.Output;
using Spectre.Console;

namespace Broker.Cli.Pools.Apply;

/// <summary>A plan for people, and for programs.</summary>
internal static class PoolPlanText
{
    private const int NameColumns = 24;

    public static void Write(Screen screen, IReadOnlyList<PlannedPool> plan)
    {
        foreach (var pool in plan)
        {
            var (mark, colour, words) = Look(pool);
            screen.Console.Write(new Markup($"[{colour}]{Markup.Escape(mark)}[/] "));
            screen.Out.WriteLine($"{pool.Name.PadRight(NameColumns)} {words}");
            foreach (var change in pool.Changes)
            {
                screen.Out.WriteLine(change.Old.Length == 0
                    ? $"      {change.Field}: {change.New}"
                    : $"      {change.Field}: {change.Old} -> {change.New}");
            }

            if (pool.Refusal is { } refusal)
            {
                screen.Out.WriteLine($"      {refusal.Code}: {refusal.Title} {refusal.Detail}");
                screen.Out.WriteLine($"      {refusal.Next}");
            }
        }

        if (plan.Count > 0)
        {
            screen.Out.WriteLine();
        }
    }

    /// <summary>Such as <c>1 to create, 2 unchanged</c>.</summary>
    public static string Summary(IReadOnlyList<PlannedPool> plan)
    {
        (PoolAction Action, string Words)[] kinds =
        [
            (PoolAction.Create, "to create"),
            (PoolAction.Change, "to change"),
            (PoolAction.Open, "to open"),
            (PoolAction.Unchanged, "unchanged"),
            (PoolAction.NotInFile, "not in the file"),
        ];
        var parts = kinds
            .Select(kind => (Count: plan.Count(pool => pool.Action == kind.Action), kind.Words))
            .Where(part => part.Count > 0)
            .Select(part => $"{Shown.Number(part.Count)} {part.Words}");
        return plan.Count == 0 ? "nothing" : string.Join(", ", parts);
    }

    public static JsonObject Document(IReadOnlyList<PlannedPool> plan, bool applied) => new()
    {
        ["applied"] = applied,
        ["pools"] = new JsonArray([.. plan.Select(Node)]),
    };

    private static (string Mark, string Colour, string Words) Look(PlannedPool pool) => pool switch
    {
        { Refusal: not null } => ("!", "red", "refused"),
        { Action: PoolAction.Create } => ("+", "green", pool.Definition!.Open ? "create and open" : "create"),
        { Action: PoolAction.Change } => ("~", "yellow", "change"),
        { Action: PoolAction.Open } => (">", "yellow", "open"),
        { Action: PoolAction.Unchanged } => ("=", "default", "unchanged"),
        _ => (" ", "default", "not in the file, left alone"),
    };

    private static JsonObject Node(PlannedPool pool) => new()
    {
        ["name"] = pool.Name,
        ["action"] = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(pool.Action.ToString()),
        ["changes"] = new JsonArray([.. pool.Changes.Select(change => new JsonObject
        {
            ["field"] = change.Field,
            ["old"] = change.Old.Length == 0 ? null : change.Old,
            ["new"] = change.New,
        })]),
        ["refusal"] = pool.Refusal is { } refusal
            ? new JsonObject { ["code"] = refusal.Code, ["detail"] = refusal.Detail, ["next"] = refusal.Next }
            : null,
    };
}
