using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Journal.Events;
using Broker.Journal.Store;
using Broker.Journal.Tree;

namespace Broker.Journal.Reading;

/// <summary>
/// Takes the batches of a journal in order and checks each against the one before, its leaf hashes, the mark and, at
/// the end, the head. The start of a writer and the verifier both read through it.
/// </summary>
internal sealed class JournalReplay(JournalHead head, JournalMark? mark)
{
    private long _nextBatch;
    private bool _markMet;
    private LedgerLed? _led;
    private LedgerEvent? _last;
    private long _tailFirst;

    /// <summary>The tree so far.</summary>
    public CompactRange Range { get; } = new();

    /// <summary>Where the ledger goes on, when its last event is <c>ledger.sealed</c>.</summary>
    public string? SealedTo => (_last as LedgerSealed)?.To;

    /// <summary>Whether it was sealed here, and is not the one that goes on.</summary>
    public bool IsSealed => SealedTo is { } to && head.Writer != to;

    /// <summary>Checks a batch and gives its events.</summary>
    /// <exception cref="JournalDamagedException">Something is wrong with it.</exception>
    public IReadOnlyList<Fact> Take(JournalBatch batch)
    {
        MeetMark();
        if (batch.Number != _nextBatch || batch.First != Range.Size)
        {
            throw new JournalDamagedException(
                "batch_missing",
                Range.Size,
                $"Position {Range.Size} is missing: batch {batch.Number} at {batch.First} stands where batch "
                + $"{_nextBatch} at {Range.Size} should.");
        }

        var facts = new Fact[batch.Lines.Count];
        for (var i = 0; i < facts.Length; i++)
        {
            JournalReader.CheckLeaf(batch, i);
            facts[i] = Decode(batch.First + i, batch.Lines[i].Span);
            Range.Append(batch.Leaves[i]);
            _led = facts[i].Event as LedgerLed ?? _led;
            _last = facts[i].Event;
        }

        if (batch.Leaves.Count > facts.Length)
        {
            throw new JournalDamagedException("line_missing", Range.Size, $"Position {Range.Size} is missing.");
        }

        _nextBatch++;
        _tailFirst = batch.First;
        MeetMark();
        return facts;
    }

    /// <summary>Compares with the head after the last batch.</summary>
    /// <exception cref="JournalDamagedException">
    /// Size, root, newest batch or leader differ, or the mark was not met.
    /// </exception>
    public void Finish()
    {
        MeetMark();
        if (Range.Size < head.Size)
        {
            throw new JournalDamagedException(
                "journal_short",
                Range.Size,
                $"The journal ends at size {Range.Size} with batch {_nextBatch - 1}; its head names size {head.Size} "
                + $"and batch {head.BatchNumber}.");
        }

        var root = Range.Root();
        if (root != head.Root)
        {
            throw new JournalDamagedException(
                "root_differs",
                head.Size,
                $"The root differs at size {head.Size}: {root}, but the head has {head.Root}.");
        }

        RequireHead();
        if (mark is not null && !_markMet)
        {
            throw new JournalDamagedException(
                "journal_behind_mark",
                Range.Size,
                $"The journal ends at size {Range.Size}, but had reached {mark.Position}: answered events are lost.");
        }
    }

    // Before the first leader the epoch is 0; who created the ledger stands nowhere but in the head. A ledger that was
    // moved here has no writer yet but the one that its sealing named.
    private void RequireHead()
    {
        var (epoch, writer) = (_led?.Epoch ?? 0, _led?.Writer ?? head.Writer);
        writer = SealedTo == head.Writer ? head.Writer : writer;
        if (head.BatchNumber != _nextBatch - 1 || head.TailFirst != _tailFirst || head.Epoch != epoch
            || head.Writer != writer)
        {
            throw new JournalDamagedException(
                "head_differs",
                head.Size,
                $"The head names batch {head.BatchNumber} at {head.TailFirst}, epoch {head.Epoch} and writer "
                + $"{head.Writer}; the journal has batch {_nextBatch - 1} at {_tailFirst}, epoch {epoch} and writer "
                + $"{writer}. Restore the data folder from a copy.");
        }
    }

    private void MeetMark()
    {
        if (_markMet || mark is null || mark.Position != Range.Size)
        {
            return;
        }

        _markMet = true;
        if (mark.Root != Range.Root())
        {
            throw new JournalDamagedException(
                "mark_differs",
                mark.Position,
                $"The root at size {mark.Position} is not the one of the mark: the journal was changed or exchanged.");
        }
    }

    private Fact Decode(long position, ReadOnlySpan<byte> line)
    {
        try
        {
            var fact = EventCodec.Decode(line);
            if (position == 0 && !(fact.Event is LedgerCreated created && created.Origin == head.Origin))
            {
                throw new JournalDamagedException(
                    "genesis_differs", 0, $"Position 0 is not the 'ledger.created' of '{head.Origin}'.");
            }

            return fact;
        }
        catch (UnknownEventException e)
        {
            throw new JournalDamagedException("event_unknown", position, $"Position {position}: {e.Message}", e);
        }
        catch (NotCanonicalException e)
        {
            throw new JournalDamagedException("not_canonical", position, $"Position {position}: {e.Message}", e);
        }
    }
}
