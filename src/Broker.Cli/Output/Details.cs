using Spectre.Console;

namespace Broker.Cli.Output;

/// <summary>One thing as lines of name and value, for people; lines without a value are left out.</summary>
internal sealed class Details(int indent = 0)
{
    private const int Gap = 3;
    private readonly List<(string Name, string Value, Style? Tone)> _lines = [];

    /// <summary>A line.</summary>
    public Details Add(string name, string? value, Style? tone = null)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _lines.Add((name, value, tone));
        }

        return this;
    }

    public void Write(Screen screen)
    {
        var grid = new Grid().AddColumn(new GridColumn { Padding = new Padding(indent, 0, Gap, 0), NoWrap = true });
        _ = grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var (name, value, tone) in _lines)
        {
            _ = grid.AddRow(new Markup($"[dim]{Markup.Escape(name)}[/]"), new Text(value, tone));
        }

        PlainLines.Write(screen, grid);
    }
}
