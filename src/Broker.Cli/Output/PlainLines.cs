using Spectre.Console;
using Spectre.Console.Rendering;

namespace Broker.Cli.Output;

/// <summary>Writes what Spectre draws; without the blanks that it fills lines up with where programs read.</summary>
internal static class PlainLines
{
    public static void Write(Screen screen, IRenderable drawing)
    {
        if (screen.Columns is not null)
        {
            screen.Console.Write(drawing);
            return;
        }

        using var buffer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(buffer),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = screen.Console.Profile.Width;
        console.Write(drawing);
        foreach (var line in buffer.ToString().TrimEnd('\n').Split('\n'))
        {
            screen.Out.WriteLine(line.TrimEnd());
        }
    }
}
