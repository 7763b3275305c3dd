using Broker.Core.Journal;
using Broker.Journal.Events;
using Broker.Journal.Writing;

namespace Broker.Tests.Journal.Writing;

/// <summary>Keeps what it is told, and checks that nothing is left out.</summary>
internal sealed class RecordingObserver : IDurableObserver
{
    private readonly List<string> _lines = [];

    public Exception? Throws { get; set; }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public void OnDurable(long first, IReadOnlyList<Fact> facts)
    {
        if (Throws is not null)
        {
            throw Throws;
        }

        lock (_lines)
        {
            Xunit.Assert.Equal(_lines.Count, first);
            _lines.AddRange(facts.Select(f => System.Text.Encoding.UTF8.GetString(EventCodec.Encode(f))));
        }
    }
}
