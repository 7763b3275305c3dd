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

    /// <summary>
    /// A paragraph behind a mark such as <c>1. </c>; its further lines are commands, which are never wrapped.
    /// </summary>
    public void Item(string mark, string text, int indent)
    {
        var lines = text.Split('\n');
        Wrap(new string(' ', indent) + mark, lines[0]);
        foreach (var command in lines.Skip(1))
        {
            screen.Out.WriteLine(new string(' ', indent + mark.Length) + "  " + command);
        }
    }

    private void Wrap(string lead, string text)
    {
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
