using Spectre.Console;

namespace Broker.Cli.Output;

/// <summary>One thing as lines of name and value, for people; lines without a value are left out.</summary>
internal sealed class Details
{
    private const int Gap = 3;
    private readonly List<(string Name, string Value)> _lines = [];

    /// <summary>A line.</summary>
    public Details Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _lines.Add((name, value));
        }

        return this;
    }

    public void Write(Screen screen)
    {
        var grid = new Grid().AddColumn(new GridColumn { Padding = new Padding(0, 0, Gap, 0), NoWrap = true });
        _ = grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var (name, value) in _lines)
        {
            _ = grid.AddRow(new Markup($"[dim]{Markup.Escape(name)}[/]"), new Text(value));
        }

        PlainLines.Write(screen, grid);
    }
}
