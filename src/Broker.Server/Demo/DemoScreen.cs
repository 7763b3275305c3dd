namespace Broker.Server.Demo;

/// <summary>
/// Writes the demo for people: 100 columns, colour only on a terminal that wants it, and the same text without.
/// </summary>
internal sealed class DemoScreen(TextWriter output, bool colour)
{
    private const int Columns = 100;
    private const string Bold = "\u001b[1m";
    private const string Dim = "\u001b[2m";
    private const string Red = "\u001b[31m";
    private const string Green = "\u001b[32m";
    private const string Cyan = "\u001b[36m";
    private const string Reset = "\u001b[0m";
    private int _act;

    /// <summary>On standard output; NO_COLOR and pipes turn colour off.</summary>
    public static DemoScreen OnConsole() => new(
        Console.Out,
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    public void Title(string text) => output.WriteLine(Paint(Bold, text));

    public void Plain(string text) => output.WriteLine(text);

    public void Act(string title)
    {
        _act++;
        output.WriteLine();
        output.WriteLine(Paint(Bold + Cyan, $"{_act}  {title}"));
    }

    public void Line(string text) => output.WriteLine("   " + Cut(text));

    public void Refused(string text) => output.WriteLine("   " + Paint(Red, "refused  ") + Cut(text));

    /// <summary>The command that would do it by hand; never cut, since somebody may copy it.</summary>
    public void Command(string text) => output.WriteLine("   " + Paint(Dim, "$ " + text));

    public void Ok(string text)
    {
        output.WriteLine();
        output.WriteLine(Paint(Green, "demo: ok") + " " + text);
    }

    /// <summary>The first characters of a hash, enough to compare by eye.</summary>
    public static string Short(string hash) => hash.Length <= 12 ? hash : hash[..12];

    private static string Cut(string text) => text.Length <= Columns - 3 ? text : text[..(Columns - 4)] + "…";

    private string Paint(string code, string text) => colour ? code + text + Reset : text;
}
