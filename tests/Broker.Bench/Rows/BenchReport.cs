namespace Broker.Bench.Rows;

/// <summary>Rows on standard output, progress on standard error; the last line counts.</summary>
internal sealed class BenchReport
{
    private readonly List<BenchRow> _rows = [];

    public void Add(BenchRow row)
    {
        _rows.Add(row);
        Console.WriteLine(row);
    }

    public static void Progress(string sentence) => Console.Error.WriteLine($"   ... {sentence}");

    /// <summary>Prints the closing line.</summary>
    public void Close()
    {
        var reached = _rows.Count(row => row.Reached);
        Console.WriteLine($"{reached} reached, {_rows.Count - reached} short");
    }
}
