using Spectre.Console;

namespace Broker.Cli.Output;

/// <summary>
/// Standard output and error. Colours, and lines cut to a width, are for terminals only: what is piped is plain and as
/// wide as it must be. NO_COLOR (no-color.org) turns colours off on a terminal as well.
/// </summary>
internal sealed class Screen
{
    // Wide enough that nothing is folded when a program reads.
    private const int PipedColumns = 100_000;
    private const int ColumnsMin = 40;
    private const string Name = "brokerctl";

    /// <summary>For given writers; a width is that of a terminal, null is for a pipe or a file.</summary>
    public Screen(TextWriter output, TextWriter error, int? columns, int? errorColumns, bool colours)
    {
        (Out, Errors, Columns) = (output, error, columns);
        IsWatched = errorColumns is not null;
        Console = Make(output, columns, colours);
        ErrorConsole = Make(error, errorColumns, colours);
    }

    /// <summary>For what programs read.</summary>
    public TextWriter Out { get; }

    /// <summary>For what people read.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>The width of the terminal; null when the output goes elsewhere.</summary>
    public int? Columns { get; }

    /// <summary>Whether somebody watches standard error, so that progress makes sense.</summary>
    public bool IsWatched { get; }

    /// <summary>For progress, on standard error.</summary>
    public IAnsiConsole ErrorConsole { get; }

    private TextWriter Errors { get; }

    /// <summary>This process's own.</summary>
    public static Screen OfProcess() => new(
        System.Console.Out,
        System.Console.Error,
        System.Console.IsOutputRedirected ? null : WindowColumns(),
        System.Console.IsErrorRedirected ? null : WindowColumns(),
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb");

    /// <summary>A sentence on standard error that is no part of the answer.</summary>
    public void Note(string sentence) => Errors.WriteLine(sentence);

    /// <summary>What went wrong and what to do next.</summary>
    public void Error(string what, string next)
    {
        Errors.WriteLine($"{Name}: {what}");
        if (next.Length > 0)
        {
            Errors.WriteLine($"  {next}");
        }
    }

    private static int WindowColumns()
    {
        try
        {
            return Math.Max(ColumnsMin, System.Console.WindowWidth);
        }
        catch (IOException)
        {
            return 80; // A terminal that does not tell its width.
        }
    }

    private static IAnsiConsole Make(TextWriter writer, int? columns, bool colours)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colours && columns is not null ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours && columns is not null ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = columns is not null ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = columns ?? PipedColumns;
        return console;
    }
}
