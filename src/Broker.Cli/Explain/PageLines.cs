using Broker.Cli.Output;
using Spectre.Console;

namespace Broker.Cli.Explain;

/// <summary>Writes paragraphs, wrapped at blanks with a hanging indent.</summary>
internal sealed class PageLines(Screen screen, int columns)
{
    public void Head(string title, string beside)
    {
        screen.Console.Write(new Markup($"[bold]{Markup.Escape(title)}[/]"));
        screen.Out.WriteLine(beside.Length == 0 ? string.Empty : $"   {beside}");
        screen.Out.WriteLine();
    }

    public void Section(string title)
    {
        screen.Out.WriteLine();
        screen.Console.Write(new Markup($"[bold]{Markup.Escape(title)}[/]\n"));
    }

    public void Text(string text, int indent) => Item(string.Empty, text, indent);

    /// <summary>A paragraph behind a mark such as <c>1. </c>.</summary>
    public void Item(string mark, string text, int indent)
    {
        var lead = new string(' ', indent) + mark;
        var line = lead;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > lead.Length && line.Length + 1 + word.Length > columns)
            {
                screen.Out.WriteLine(line);
                lead = new string(' ', lead.Length);
                line = lead;
            }

            line += line.Length == lead.Length ? word : $" {word}";
        }

        screen.Out.WriteLine(line);
    }
}
