using System.Diagnostics;
using Broker.Core;
using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Time;

namespace Broker.Bench.Ledgers;

/// <summary>The state machine alone, on one thread: no queue, no journal, no disk.</summary>
internal sealed class MemoryLedger
{
    private static readonly Instant start = Instant.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private readonly Ledger _ledger = new();
    private readonly List<NodeCaller> _nodes = [];
    private Moment _now = new(start, LedgerTime.Zero);
    private long _numbers;

    public MemoryLedger(int nodes, string cidr, int blockPrefixLength, int cooldownSeconds)
    {
        var spec = new PoolSpec(
            PoolName.Parse("bench"), Cidr.Parse(cidr), blockPrefixLength, PoolNetwork.Routed, Lessor.Broker,
            cooldownSeconds, cooldownSeconds, 64, []);
        _ = Run(new DefinePool(Actor.Broker, spec, Open: true, Reason: null));
        for (var i = 0; i < nodes; i++)
        {
            var (decide, witness) = BenchNodes.Admission(BenchNodes.Name(i), start);
            _ = Run(decide);
            var witnessed = Run(witness);
            _nodes.Add(new NodeCaller(decide.Csr.Node, witnessed.Uid, witnessed.Certificate));
            _ = Run(new PromoteCertificate(_nodes[i]));
        }
    }

    /// <summary>So many leases, spread over the nodes.</summary>
    public void Fill(long leases)
    {
        for (var i = 0L; i < leases; i++)
        {
            _ = Run(Next(i));
        }
    }

    /// <summary>
    /// Grants so many leases and ends them again: what one grant took, decision and application, and how many bytes it
    /// allocated. Their commands are made before, and their ends do not count.
    /// </summary>
    public (double Microseconds, double Bytes) Grants(int count)
    {
        var commands = Enumerable.Range(0, count).Select(i => Next(i)).ToArray();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var began = Stopwatch.GetTimestamp();
        foreach (var command in commands)
        {
            Apply(_ledger.Decide(command, _now));
        }

        var took = Stopwatch.GetElapsedTime(began);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        foreach (var command in commands)
        {
            Release(command);
        }

        return (took.TotalMicroseconds / count, (double)bytes / count);
    }

    /// <summary>ADD and DEL of pods that come and go on the first node, while the clocks go on.</summary>
    public void Pairs(long count, long microsecondsEach)
    {
        for (var i = 0L; i < count; i++)
        {
            var command = Next(0);
            _ = Run(command);
            Release(command);
            _now = new Moment(
                new Instant(_now.At.UnixMicroseconds + microsecondsEach),
                new LedgerTime(_now.Ledger.Microseconds + microsecondsEach));
        }
    }

    private GrantLease Next(long index) => BenchNodes.Lease(_nodes[(int)(index % _nodes.Count)], _numbers++);

    private void Release(GrantLease command) => _ = Run(new ReleaseLease(command.Caller, command.Attachment));

    private T Run<T>(Command<T> command)
        where T : class
    {
        var decision = _ledger.Decide(command, _now);
        Apply(decision);
        return (T)decision.Answer!;
    }

    private void Apply(Decision decision)
    {
        if (decision.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{refusal.Code}: {refusal.Detail}");
        }

        for (var i = 0; i < decision.Facts.Count; i++)
        {
            _ledger.Apply(_ledger.Size, decision.Facts[i], _now.Ledger);
        }
    }
}
