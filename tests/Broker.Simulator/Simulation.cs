using Broker.Core;
using Broker.Core.Addresses;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Time;
using Broker.Journal.Reading;
using Broker.Journal.Store;
using Broker.Simulator.Checking;
using Broker.Simulator.Disks;
using Broker.Simulator.Machines;
using Broker.Simulator.Nodes;
using Broker.Simulator.Planting;
using Broker.Simulator.States;
using Broker.Simulator.Time;

namespace Broker.Simulator;

/// <summary>
/// Brokers, nodes, an operator and subscribers in virtual time, with everything that can go wrong between them, all
/// from one seed: the product's own writer, state machine and Dapr protocol, driven on one thread.
/// </summary>
internal sealed class Simulation
{
    public const string Origin = "ipam.example.org/simulated";

    private const long Trouble = 300 * Timeline.Second;
    private const long Calm = 200 * Timeline.Second;
    private const int CooldownSeconds = 20;

    private readonly int _seed;
    private readonly Timeline _timeline;
    private readonly Faults _faults;
    private readonly History _history;
    private readonly Holdings _holdings;
    private readonly Answers _answers;
    private readonly IJournalPlace _place;
    private readonly Fleet _fleet;
    private readonly Subscriber[] _subscribers;
    private readonly Plant _plant;
    private long _size;

    private Simulation(int seed, Plant plant, TextWriter? trace)
    {
        (_seed, _plant, _timeline) = (seed, plant, new Timeline(seed));
        _faults = new Faults(_timeline, trace);
        _history = new History(_faults);
        _holdings = new Holdings(_timeline, _faults, CooldownSeconds * Timeline.Second);
        _answers = new Answers(_faults, _history, _holdings);
        _place = Place();
        var count = _place.TakesSeveral ? _timeline.Random.Next(2, 4) : 1;
        var brokers = Enumerable.Range(0, count).Select(Broker).ToList();
        _fleet = new Fleet(_timeline, _place, brokers, _faults);
        _subscribers = [.. Enumerable.Range(0, 2).Select(i => new Subscriber(
            _timeline, $"subscriber {i}", _fleet, _history, _faults, plant))];
    }

    /// <summary>Runs one seed to its end, or to the first fault.</summary>
    public static SeedResult Run(int seed, Plant plant = Plant.None, TextWriter? trace = null) =>
        new Simulation(seed, plant, trace).Run();

    private SeedResult Run()
    {
        Create();
        _fleet.Begin();
        var roads = new Roads(_timeline, _fleet, _plant);
        var people = new LedgerOperator(_timeline, _fleet, roads, _faults);
        var nodes = Enumerable.Range(0, _timeline.Random.Next(2, 5)).Select(i => new NodeAgent(
            _timeline, LedgerOperator.Caller($"node-{i}"), roads, _holdings, _faults)).ToList();
        people.SetUp(Pools(), new Queue<Core.Commands.NodeCaller>(nodes.Select(node => node.Caller)), () =>
        {
            nodes.ForEach(node => node.Begin());
            people.Watch(nodes);
        });
        _subscribers.ToList().ForEach(subscriber => subscriber.Begin());
        Audit();
        _timeline.RunUntil(Trouble, IsOver);
        _timeline.IsCalm = true;
        _timeline.RunUntil(Trouble + Calm, IsOver);
        if (!IsOver())
        {
            CheckTheEnd();
        }

        return new SeedResult(_seed, _faults.Found, _size, _holdings.Acknowledged);
    }

    private bool IsOver() => _faults.Found.Count > 0;

    private IJournalPlace Place()
    {
        var isDisk = _plant switch
        {
            Plant.AnswerBeforeDurable or Plant.ForgottenMark or Plant.RetryAfterFailedFsync
                or Plant.StreamAheadOfDisk => true,
            Plant.IgnoredEpoch or Plant.BelievedReply or Plant.TailNotReadBack or Plant.NoLookAtHead
                or Plant.ReaderSkips => false,
            _ => _timeline.Random.Next(2) == 0,
        };
        if (!isDisk)
        {
            return new StatePlace(_timeline, (StateKind)_timeline.Random.Next(2), _plant);
        }

        var disk = new DiskPlace(_timeline, _history, _faults, _plant);
        disk.Begin();
        return disk;
    }

    private BrokerHost Broker(int number)
    {
        var machine = new Machine(_timeline, $"broker-{number}")
        {
            Haste = _plant == Plant.ReuseBeforeCooldown ? 50 : 1,
            FollowsWall = _plant == Plant.CooldownOnWallClock,
        };
        return new BrokerHost(
            _timeline, machine, _place, _answers, new WatchedObserver(machine.Name, _history), _faults);
    }

    private Queue<PoolSpec> Pools()
    {
        var pools = new Queue<PoolSpec>();
        pools.Enqueue(Pool("four", "10.0.0.0/27", 29));
        if (_timeline.Random.Next(3) == 0)
        {
            pools.Enqueue(Pool("six", "fd00::/123", 125));
        }

        return pools;
    }

    private static PoolSpec Pool(string name, string cidr, int block) => new(
        PoolName.Parse(name),
        Cidr.Parse(cidr),
        block,
        PoolNetwork.Host,
        Lessor.Broker,
        CooldownSeconds,
        CooldownSeconds,
        2,
        []);

    private void Create()
    {
        _timeline.IsCalm = true;
        var life = new Life(_timeline, new Machine(_timeline, "installer"));
        var made = LedgerGenesis.CreateAsync(_place.OpenToCreate(life), Origin, life.Clock, CancellationToken.None);
        _timeline.RunUntil(10 * Timeline.Second, () => made.IsCompleted);
        _ = made.GetAwaiter().GetResult(); // It throws when the ledger could not be made.
        _timeline.IsCalm = false;
    }

    private void Audit() => _timeline.In(_timeline.Between(2 * Timeline.Second, 8 * Timeline.Second), () =>
    {
        AskLeases(_fleet.Any());
        Audit();
    });

    private void AskLeases(BrokerHost? broker)
    {
        IReadOnlyDictionary<IpAddress, HeldAddress> inUse = new Dictionary<IpAddress, HeldAddress>();
        IReadOnlyList<HeldAddress> ended = [];
        broker?.AskLeases(
            () => (inUse, ended) = (_holdings.InUse(), _holdings.Ended()),
            live => _holdings.Compare(broker.Name, live, inUse, ended));
    }

    private void CheckTheEnd()
    {
        if (_fleet.Newest() is not { } broker)
        {
            _faults.Add("nobody serves, though nothing goes wrong any more");
            return;
        }

        _size = broker.Writer!.Durable.Size;
        AskLeases(broker);
        var verified = JournalVerifier.VerifyAsync(broker.Writer.Store, null, CancellationToken.None);
        var replayed = ReplayAsync(broker.Writer.Store);
        _timeline.RunUntil(Trouble + Calm + (60 * Timeline.Second), () => verified.IsCompleted && replayed.IsCompleted);
        if (!verified.IsCompleted || verified.Result.Fault is { } || verified.Result.Size != _size)
        {
            _faults.Add($"the journal of {_size} is not good: {(verified.IsCompleted ? verified.Result : null)}");
            return;
        }

        _history.Check(_size);
        foreach (var subscriber in _subscribers.Where(subscriber => subscriber.Got != _size))
        {
            _faults.Add($"a subscriber got {subscriber.Got} of {_size} events");
        }

        CheckBounds(replayed.Result, broker.Writer.Waiting);
    }

    // The state is bounded by what is live: nothing of what has ended stays after a replay.
    private void CheckBounds(Ledger ledger, int waiting)
    {
        var live = ledger.Queries.Leases(null, int.MaxValue).Count + ledger.Queries.Blocks(null).Count;
        if (ledger.State.Requests.Count > live || ledger.State.Leases.Count > live || waiting > 0)
        {
            _faults.Add(
                $"{ledger.State.Requests.Count} requests and {ledger.State.Leases.Count} holdings for {live} live"
                + $" things; {waiting} wait");
        }
    }

    private static async Task<Ledger> ReplayAsync(IJournalStore store)
    {
        var ledger = new Ledger();
        await foreach (var batch in store.ReadBatchesAsync(0, CancellationToken.None))
        {
            for (var i = 0; i < batch.Lines.Count; i++)
            {
                var fact = Journal.Events.EventCodec.Decode(batch.Lines[i].Span);
                ledger.Apply(batch.First + i, fact, LedgerTime.Zero);
            }
        }

        return ledger;
    }
}
