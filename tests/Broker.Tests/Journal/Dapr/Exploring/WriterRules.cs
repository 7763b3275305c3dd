using System.Globalization;
using Broker.Journal.Dapr.Protocol;

namespace Broker.Tests.Journal.Dapr.Exploring;

/// <summary>One step of a writer: what the store's code around the machines does.</summary>
internal sealed class WriterRules(Protocols protocol, StoreKind store, ExplorerBounds bounds)
{
    /// <summary>Keys of a batch: where writes of one call part, it has a private row beside it.</summary>
    public int KeysOfABatch => store == StoreKind.Independent && !IsTransaction ? 2 : 1;

    private bool IsTransaction => protocol.HasFlag(Protocols.Transaction);

    private bool Believes => protocol.HasFlag(Protocols.BelievesReplies);

    /// <summary>The world after the writer's next step; null when it has none.</summary>
    public World? Step(World world, int index)
    {
        var writer = world.Writers[index];
        return writer.Phase switch
        {
            WriterPhase.Starting => world.With(index, Begin(writer, world.Read())),
            WriterPhase.Claiming or WriterPhase.Committing => Swap(world, index, writer),
            WriterPhase.Keeping => Keep(world, index, writer),
            WriterPhase.Adopting => world.With(index, AfterCommit(
                writer, new HeadCopy(writer.Swap!.Next, world.Read().ETag))),
            _ => null,
        };
    }

    /// <summary>The world after a writer heard a reply that it believes.</summary>
    public World Hear(World world, int index, bool isGood)
    {
        var writer = world.Writers[index];
        return isGood
            ? Acknowledge(world, writer).With(index, writer with { Phase = WriterPhase.Adopting })
            : world.With(index, writer with { Phase = WriterPhase.Ended });
    }

    private static Writer Begin(Writer writer, HeadCopy found)
    {
        var chain = string.Join(',', World.Chain(found.Value!.ToString()));
        return writer with
        {
            Phase = WriterPhase.Claiming,
            Claims = writer.Claims + 1,
            Sends = 0,
            Swap = HeadSwap.Begin(found, World.Value($"{writer.Name}:{chain}")),
        };
    }

    private World? Swap(World world, int index, Writer writer)
    {
        var swap = writer.Swap!;
        return swap.Step switch
        {
            SwapStep.Send when writer.Sends >= bounds.Sends => null, // Patience has ended.
            SwapStep.Send => Send(world, index, writer, swap),
            SwapStep.Read => world.With(index, writer with
            {
                Swap = swap.Read(world.Read(), value => World.IsOlder(value, swap.Known.Value!)),
            }),
            SwapStep.Committed when writer.Phase == WriterPhase.Claiming => world.With(index, Lead(writer, swap.Known)),
            SwapStep.Committed => Acknowledge(world, writer).With(index, AfterCommit(writer, swap.Known)),
            _ when writer.Phase == WriterPhase.Claiming && writer.Claims < bounds.Claims =>
                world.With(index, writer with { Phase = WriterPhase.Starting, Swap = null }),
            _ => world.With(index, writer with { Phase = WriterPhase.Ended, Swap = null }),
        };
    }

    private World Send(World world, int index, Writer writer, HeadSwap swap)
    {
        var isCommit = writer.Phase == WriterPhase.Committing;
        var etag = int.Parse(swap.Known.ETag, CultureInfo.InvariantCulture);
        var next = swap.Next.ToString();
        List<StoreWrite> writes = [new(null, next, etag)];
        if (isCommit && IsTransaction)
        {
            var chain = World.Chain(next);
            writes.Add(new StoreWrite(chain.Length - 1, chain[^1], 0));
        }

        // A claim is always read back: what is explored is the commit.
        var sent = isCommit && Believes
            ? writer with { Phase = WriterPhase.Listening, Sends = writer.Sends + 1 }
            : writer with { Swap = swap.Sent(), Sends = writer.Sends + 1 };
        return WithCall(world.With(index, sent), index, writes);
    }

    private World? Keep(World world, int index, Writer writer)
    {
        var chain = World.Chain(writer.Held!.Value!.ToString());
        var first = (chain.Length - 1) * KeysOfABatch;
        var keys = Enumerable.Range(first, KeysOfABatch).ToList();
        switch (IsTransaction ? TailStep.Kept : writer.Keeping.Step)
        {
            case TailStep.Write when writer.Sends >= bounds.Sends:
                return null;
            case TailStep.Write:
                var written = protocol.HasFlag(Protocols.TrustsTheTail)
                    ? new TailKeeping(TailStep.Kept)
                    : writer.Keeping.Written();
                return WithCall(
                    world.With(index, writer with { Keeping = written, Sends = writer.Sends + 1 }),
                    index,
                    [.. keys.Select(key => new StoreWrite(key, chain[^1], 0))]);
            case TailStep.Read:
                var read = protocol.HasFlag(Protocols.ReadsOneKeyBack) ? keys.Take(1) : keys;
                var isEqual = read.All(key => world.Keys.GetValueOrDefault(key) == chain[^1]);
                return world.With(index, writer with { Keeping = writer.Keeping.Read(isEqual) });
            default:
                var next = $"{writer.Name}:{string.Join(',', chain)},{writer.NextBatch}";
                return world.With(index, writer with
                {
                    Phase = WriterPhase.Committing,
                    Swap = HeadSwap.Begin(writer.Held, World.Value(next)),
                    Sends = 0,
                });
        }
    }

    private World WithCall(World world, int writer, IReadOnlyList<StoreWrite> writes) => world with
    {
        Calls = store == StoreKind.Independent
            ? [.. world.Calls, .. writes.Select(write => new Call(writer, [write], false))]
            : [.. world.Calls, new Call(writer, writes, false)],
    };

    private static Writer Lead(Writer writer, HeadCopy held) => writer with
    {
        Phase = WriterPhase.Keeping,
        Held = held,
        Swap = null,
        Keeping = TailKeeping.Begin(),
        Sends = 0,
    };

    private Writer AfterCommit(Writer writer, HeadCopy held)
    {
        var led = Lead(writer, held) with { Committed = writer.Committed + 1 };
        return led.Committed < bounds.Batches ? led : led with { Phase = WriterPhase.Ended, Held = null };
    }

    private static World Acknowledge(World world, Writer writer) => world with
    {
        Acknowledged = [.. world.Acknowledged.Append(writer.NextBatch).Order(StringComparer.Ordinal)],
    };
}
