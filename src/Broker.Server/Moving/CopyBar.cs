using System.Globalization;
using Broker.Journal.Moving;

namespace Broker.Server.Moving;

/// <summary>How far a copy is: a bar for who watches, and nothing where standard error is a file.</summary>
internal sealed class CopyBar(TimeProvider time) : IProgress<CopyProgress>
{
    private const int Cells = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly bool _isWatched = !Console.IsErrorRedirected;
    private long _shownAt;

    public void Report(CopyProgress value)
    {
        var isEnd = value.Done == value.Of;
        if (!_isWatched || (!isEnd && _shownAt != 0 && time.GetElapsedTime(_shownAt) < Pause))
        {
            return;
        }

        _shownAt = time.GetTimestamp();
        var full = (int)(Cells * value.Done / Math.Max(1, value.Of));
        Console.Error.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\r{(value.Checking ? "Checked" : "Copied ")} [{new string('#', full).PadRight(Cells, '.')}] "
            + $"{value.Done:N0} of {value.Of:N0} events{(isEnd ? "\n" : string.Empty)}"));
    }
}
