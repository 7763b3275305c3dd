using Broker.Cli.Output;
using Broker.Contracts.Explanations;
using Spectre.Console;

namespace Broker.Cli.Explain;

/// <summary>An explanation as a page to read: set to a line length that reads well, also on a wide terminal.</summary>
internal static class ExplainText
{
    private const int ColumnsMax = 88;
    private const int Indent = 3;
    private const string Title = "bold";

    public static void Write(Screen screen, Explanation row, int? status)
    {
        var columns = Math.Min(screen.Columns ?? ColumnsMax, ColumnsMax);
        var lines = new PageLines(screen, columns);
        lines.Head(row.Code, status is { } http ? $"HTTP {Shown.Number(http)}" : string.Empty);
        lines.Text(row.Meaning, 0);
        if (row.Why.Length > 0)
        {
            lines.Section("Why");
            lines.Text(row.Why, Indent);
        }

        lines.Section("What to do");
        for (var i = 0; i < row.Steps.Count; i++)
        {
            lines.Item(row.Steps.Count == 1 ? string.Empty : $"{Shown.Number(i + 1)}. ", row.Steps[i], Indent);
        }

        if (row.Look.Count > 0)
        {
            lines.Section("Where to look");
            foreach (var place in row.Look)
            {
                lines.Item(string.Empty, place, Indent);
            }
        }
    }

    /// <summary>The codes of a group, each with its first sentence.</summary>
    public static void WriteGroup(Screen screen, ExplanationGroup group)
    {
        screen.Console.Write(new Markup($"[{Title}]{Markup.Escape(group.Title)}[/]\n"));
        TextTable.Write(
            screen,
            [
                new Column<Explanation>(string.Empty, _ => string.Empty),
                new("CODE", row => row.Code),
                new("MEANING", row => row.Meaning),
            ],
            group.Explanations);
        screen.Out.WriteLine();
    }
}
