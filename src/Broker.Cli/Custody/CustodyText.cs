using Broker.Cli.Output;
using Broker.Contracts.Blocks;
using Broker.Contracts.Custody;
using Spectre.Console;

namespace Broker.Cli.Custody;

/// <summary>
/// A node's chain of custody as a person reads it: who it is and how it stands, then link by link who asked for what
/// with which certificate, who approved it and what became of it, then the rest.
/// </summary>
internal static class CustodyText
{
    private static readonly IReadOnlyList<Column<StandingStep>> standingColumns =
    [
        new("WHEN", step => Shown.Time(step.At)),
        new("WHAT", step => step.What),
        new("BY", step => Shown.Safe(step.By)),
        new("WHY", Why),
        new("POSITION", step => Shown.Number(step.Position), 1, IsNumber: true),
        new("NODE UID", step => step.Uid, 2),
    ];

    private static readonly IReadOnlyList<Column<CustodyAlarm>> alarmColumns =
    [
        new("WHEN", alarm => Shown.Time(alarm.At)),
        new("ALARM", alarm => alarm.Kind),
        new("CERTIFICATE", alarm => Shown.Hash(alarm.Certificate)),
        new("KEY", alarm => Shown.Hash(alarm.Key), 1),
        new("POSITION", alarm => Shown.Number(alarm.Position), 2, IsNumber: true),
    ];

    private static readonly IReadOnlyList<Column<BlockInfo>> blockColumns =
    [
        new("BLOCK", block => block.Block),
        new("POOL", block => block.Pool),
        new("LEASES", block => Shown.Number(block.Leases), 0, IsNumber: true),
        new("FREE", block => Shown.Number(block.Free), 0, IsNumber: true),
        new("GRANTED", block => Shown.Time(block.GrantedAt), 1),
        new("WITH CERTIFICATE", block => Shown.Hash(block.Certificate), 2),
        new("GENERATION", block => Shown.Number(block.Generation), 3, IsNumber: true),
    ];

    public static void Write(Screen screen, NodeCustody node)
    {
        new Details()
            .Add("name", node.Name)
            .Add("standing", Standing(node), Tones.Of(node.Standing))
            .Add("Node UID", node.Registered ? node.Uid : $"{node.Uid} (of its request: there is no Node object yet)")
            .Add("holds", $"{Count(node.Blocks, "block")}, {Count(node.Leases, "lease")}")
            .Add("read from", $"{node.Ledger.Origin}, {Shown.Number(node.Ledger.Size)} events, root "
                + Shown.Hash(node.Ledger.Root))
            .Write(screen);
        var chain = new CustodyChain(node);
        Section(screen, "Chain of custody", Math.Max(node.Earlier.Requests, node.Earlier.Certificates));
        foreach (var link in chain.Links)
        {
            if (link.Number > 1)
            {
                screen.Out.WriteLine();
            }

            CustodyLinkText.Write(screen, chain, link);
        }

        Table(screen, "Standing", node.Earlier.Standings, standingColumns, node.Standings);
        Table(screen, "Alarms", node.Earlier.Alarms, alarmColumns, node.Alarms);
        Table(screen, "Blocks", 0, blockColumns, node.Granted);
    }

    private static void Table<T>(
        Screen screen, string title, long earlier, IReadOnlyList<Column<T>> columns, IReadOnlyList<T> rows)
    {
        if (rows.Count > 0)
        {
            Section(screen, title, earlier);
            TextTable.Write(screen, columns, rows);
        }
    }

    private static void Section(Screen screen, string title, long earlier)
    {
        screen.Out.WriteLine();
        screen.Console.Write(new Markup($"[bold]{Markup.Escape(title)}[/]\n"));
        if (earlier > 0)
        {
            screen.Out.WriteLine($"{Shown.Number(earlier)} older ones are in the journal: brokerctl events");
        }
    }

    private static string Count(long number, string what) =>
        $"{Shown.Number(number)} {what}{(number == 1 ? string.Empty : "s")}";

    private static string Standing(NodeCustody node) =>
        node.Standings.LastOrDefault(step => step.What != "rebound") is { } last
            ? $"{node.Standing} since {Shown.Time(last.At)}{(last.What == "admitted" ? string.Empty : Because(last))}"
            : node.Standing;

    private static string Because(StandingStep step) => step switch
    {
        { Rule: { } rule } => $", by rule {rule}",
        { Reason: { } reason } => $", by {Shown.Safe(step.By)}: {Shown.Safe(reason)}",
        _ => $", by {Shown.Safe(step.By)}",
    };

    private static string Why(StandingStep step) => step switch
    {
        { Rule: { } rule } => $"rule {rule}",
        { FromUid: { } from } => $"another Node object; before: {from}",
        _ => Shown.Safe(step.Reason),
    };
}
