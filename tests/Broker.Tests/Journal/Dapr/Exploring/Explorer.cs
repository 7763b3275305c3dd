using System.Security.Cryptography;
using System.Text;

namespace Broker.Tests.Journal.Dapr.Exploring;

/// <summary>
/// Visits every moment that writers and a store can reach, whatever the order in which calls are applied, applied
/// twice, or never, and replies come or do not. At each: who reads the store afresh finds the whole chain that the head
/// stands for, and every acknowledged batch is in it.
/// </summary>
internal sealed class Explorer(Protocols protocol, StoreKind store, ExplorerBounds bounds)
{
    private readonly WriterRules _rules = new(protocol, store, bounds);
    private readonly HashSet<UInt128> _seen = [];
    private readonly Queue<(World World, Trace Trace)> _next = new();

    public Explored Run()
    {
        var writers = Enumerable.Range(0, bounds.Writers).Select(i => new Writer((char)('A' + i))).ToList();
        var keys = new Dictionary<int, string>();
        if (protocol.HasFlag(Protocols.Transaction))
        {
            keys[0] = "g"; // The genesis is there; later batches come with the head that names them.
        }

        Add(new World("-:g", 1, keys, [], writers, [], bounds.Repeats), new Trace(null, "the ledger was created"));
        var commits = 0;
        while (_next.TryDequeue(out var current))
        {
            if (Lost(current.World) is { } loss)
            {
                return new Explored(_seen.Count, $"{loss}\n{current.Trace}\n{current.World}", commits);
            }

            commits = Math.Max(commits, current.World.Acknowledged.Count);
            Expand(current.World, current.Trace);
        }

        return new Explored(_seen.Count, null, commits);
    }

    private string? Lost(World world)
    {
        var chain = World.Chain(world.Head);
        var missing = world.Acknowledged.FirstOrDefault(batch => !chain.Contains(batch));
        if (missing is not null)
        {
            return $"{missing} was acknowledged and is not in the journal.";
        }

        var carried = protocol.HasFlag(Protocols.Transaction) ? 0 : 1;
        for (var i = 0; i < chain.Length - carried; i++)
        {
            for (var k = 0; k < _rules.KeysOfABatch; k++)
            {
                if (world.Keys.GetValueOrDefault((i * _rules.KeysOfABatch) + k) != chain[i])
                {
                    return $"batch {i} of {world.Head} cannot be read.";
                }
            }
        }

        return null;
    }

    private void Expand(World world, Trace trace)
    {
        for (var i = 0; i < world.Writers.Count; i++)
        {
            if (_rules.Step(world, i) is { } stepped)
            {
                Add(stepped, new Trace(trace, $"{world.Writers[i].Name} goes on ({world.Writers[i].Phase})"));
            }
        }

        for (var i = 0; i < world.Calls.Count; i++)
        {
            var call = world.Calls[i];
            var (after, isGood) = Apply(world, call);
            var rest = world.Calls.Where((_, at) => at != i).ToList();
            Arrive(after with { Calls = rest }, call, isGood, new Trace(trace, $"applied: {call}"));
            if (world.Repeats > 0 && !call.IsRepeat)
            {
                var repeat = call with { IsRepeat = true };
                var again = after with { Calls = [.. rest, repeat], Repeats = world.Repeats - 1 };
                Arrive(again, call, isGood, new Trace(trace, $"applied, and on its way again: {call}"));
            }
        }
    }

    private void Arrive(World world, Call call, bool isGood, Trace trace)
    {
        Add(world, trace); // The reply is lost, late, or of no interest.
        if (world.Writers[call.Writer].Phase == WriterPhase.Listening && call.Writes[0].Key is null)
        {
            Add(_rules.Hear(world, call.Writer, isGood), new Trace(trace, $"the sender hears {isGood}"));
        }
    }

    private (World After, bool IsGood) Apply(World world, Call call)
    {
        var isGood = call.Writes.All(write => write.Key is not null || write.ETag == world.ETag);
        if (!isGood && store == StoreKind.Atomic)
        {
            return (world, false);
        }

        foreach (var write in call.Writes)
        {
            if (write.Key is { } key)
            {
                world = world with { Keys = new Dictionary<int, string>(world.Keys) { [key] = write.Value } };
            }
            else if (write.ETag == world.ETag)
            {
                world = world with { Head = write.Value, ETag = world.ETag + 1 };
            }
        }

        return (world, isGood);
    }

    private void Add(World world, Trace trace)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(Encoding.ASCII.GetBytes(world.ToString()), hash); // Always 32 bytes.
        if (_seen.Add(BitConverter.ToUInt128(hash)))
        {
            _next.Enqueue((world, trace));
        }
    }
}
