using System.Globalization;
using Broker.Simulator.Time;

namespace Broker.Simulator.Checking;

/// <summary>What a simulation found, and what happened before it, if somebody wants to read that.</summary>
internal sealed class Faults(Timeline timeline, TextWriter? trace)
{
    private readonly List<string> _found = [];

    /// <summary>One sentence each.</summary>
    public IReadOnlyList<string> Found => _found;

    /// <summary>Something that may never be.</summary>
    public void Add(string sentence)
    {
        _found.Add($"at {Seconds()} s: {sentence}");
        Trace($"FAULT: {sentence}");
    }

    /// <summary>Something that happened.</summary>
    public void Trace(FormattableString what) => trace?.WriteLine($"{Seconds()} {FormattableString.Invariant(what)}");

    private string Seconds() =>
        (timeline.Now / (double)Timeline.Second).ToString("F6", CultureInfo.InvariantCulture).PadLeft(12);
}
