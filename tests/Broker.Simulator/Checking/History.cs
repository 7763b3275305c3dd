using System.Text;
using Broker.Client;
using Broker.Journal.Writing;
using Broker.Testing.Load;

namespace Broker.Simulator.Checking;

/// <summary>
/// The one history: whoever reads a position, from whichever broker and whenever, reads the same line, and every root
/// that left a broker is the one of those lines.
/// </summary>
internal sealed class History(Faults faults)
{
    private readonly Dictionary<long, string> _lines = [];
    private readonly HashSet<(long Size, string Root)> _roots = [];

    /// <summary>Somebody read a line.</summary>
    public void Read(string who, long position, ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line);
        if (!_lines.TryAdd(position, text) && _lines[position] != text)
        {
            faults.Add($"{who} reads another event at position {position} than was read before: {text}");
        }
    }

    /// <summary>A size and its root left a broker.</summary>
    public void Left(DurableHead head) => _roots.Add((head.Size, head.Root.ToString()));

    /// <summary>Holds the whole of it against the invariants, once it was read to its end.</summary>
    public void Check(long size)
    {
        var checker = new EventChecker(CheckerRules.Simulated);
        for (var position = 0L; position < size; position++)
        {
            if (!_lines.TryGetValue(position, out var line))
            {
                faults.Add($"nobody could read position {position} of {size}");
                return;
            }

            checker.Take(new StreamedEvent(position, string.Empty, line));
        }

        foreach (var fault in checker.Faults)
        {
            faults.Add(fault);
        }

        foreach (var (at, root) in _roots)
        {
            if (at > size || checker.RootAt(at) != root)
            {
                faults.Add($"a broker gave the root {root} at size {at}, which the journal of {size} does not have");
            }
        }
    }
}
