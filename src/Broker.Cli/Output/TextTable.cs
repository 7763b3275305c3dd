using Spectre.Console;

namespace Broker.Cli.Output;

/// <summary>A table without lines around it, cut to the terminal by leaving out what matters least.</summary>
internal static class TextTable
{
    private const int Gap = 3;

    /// <summary>Writes it; a note on standard error says when columns were left out.</summary>
    public static void Write<T>(Screen screen, IReadOnlyList<Column<T>> columns, IReadOnlyList<T> rows)
    {
        var cells = rows.Select(row => columns.Select(column => column.Text(row)).ToArray()).ToList();
        var kept = Fit(screen.Columns, columns, cells);
        var table = new Table().Border(TableBorder.None).Collapse();
        foreach (var i in kept)
        {
            var head = new TableColumn(new Markup($"[bold]{Markup.Escape(columns[i].Title)}[/]"))
            {
                Padding = new Padding(0, 0, i == kept[^1] ? 0 : Gap, 0),
                Alignment = columns[i].IsNumber ? Justify.Right : Justify.Left,
            };
            _ = table.AddColumn(head);
        }

        foreach (var row in cells)
        {
            _ = table.AddRow(kept.Select(i => new Text(row[i])));
        }

        PlainLines.Write(screen, table);
        if (kept.Count < columns.Count)
        {
            var left = columns.Where((_, i) => !kept.Contains(i)).Select(column => column.Title);
            screen.Note($"Left out for want of width: {string.Join(", ", left)}. All is in -o json.");
        }
    }

    private static List<int> Fit<T>(int? width, IReadOnlyList<Column<T>> columns, List<string[]> cells)
    {
        var kept = Enumerable.Range(0, columns.Count).ToList();
        var widths = kept.ConvertAll(
            i => cells.Select(row => row[i].Length).Append(columns[i].Title.Length).Max());
        while (width is { } most && kept.Sum(i => widths[i] + Gap) - Gap > most)
        {
            var heaviest = kept.MaxBy(i => (columns[i].Weight, i));
            if (columns[heaviest].Weight == 0)
            {
                break; // What is left is folded.
            }

            _ = kept.Remove(heaviest); // True: it is one of them.
        }

        return kept;
    }
}
