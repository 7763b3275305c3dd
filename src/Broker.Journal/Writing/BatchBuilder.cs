using Broker.Core.Journal;
using Broker.Journal.Events;
using Broker.Journal.Store;
using Broker.Journal.Tree;

namespace Broker.Journal.Writing;

/// <summary>The next batch while it fills, and the work that waits for it.</summary>
internal sealed class BatchBuilder(long first)
{
    private readonly List<ReadOnlyMemory<byte>> _lines = [];
    private readonly List<MerkleHash> _leaves = [];
    private readonly List<PrivateRow> _private = [];
    private readonly List<Fact> _facts = [];
    private readonly List<Work> _works = [];
    private int _bytes;
    private int _privateBytes;

    /// <summary>The position of the first fact.</summary>
    public long First => first;

    /// <summary>The facts so far.</summary>
    public IReadOnlyList<Fact> Facts => _facts;

    /// <summary>Work to answer when the batch is durable; some of it only read, or was refused.</summary>
    public IReadOnlyList<Work> Works => _works;

    /// <summary>Whether the facts still fit; the facts of one decision are never split.</summary>
    public bool Fits(EncodedFacts facts) =>
        _lines.Count + facts.Lines.Count <= JournalLimits.BatchEventsMax
        && _bytes + facts.Bytes <= JournalLimits.BatchBytesMax
        && _privateBytes + facts.PrivateBytes <= JournalLimits.BatchPrivateBytesMax;

    /// <summary>Adds the facts of a decision, and hashes them: the batch before is being written meanwhile.</summary>
    public void Add(EncodedFacts facts)
    {
        for (var i = 0; i < facts.Facts.Count; i++)
        {
            _private.AddRange(EventCodec.PrivateRows(first + _lines.Count, facts.Facts[i]));
            _facts.Add(facts.Facts[i]);
            _lines.Add(facts.Lines[i]);
            _leaves.Add(Merkle.Leaf(facts.Lines[i].Span));
        }

        _bytes += facts.Bytes;
        _privateBytes += facts.PrivateBytes;
    }

    /// <summary>Adds work to answer.</summary>
    public void Add(Work work) => _works.Add(work);

    /// <summary>The batch.</summary>
    public JournalBatch Build(long number) => new(number, first, _lines, _private, _leaves);
}
