using System.Security.Cryptography;
using System.Text;
using Broker.Core;
using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Broker.Core.Time;
using Broker.Core.Views;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>A ledger, its journal as a list, and a clock that a test turns. Each command is applied.</summary>
internal sealed class World
{
    public static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private int _names;

    public World()
    {
        Take(new Fact(Start, null, null, Actor.Broker, null, new LedgerCreated("broker.example/test")));
    }

    /// <summary>What another world has come to by its facts; what is not journalled stays behind.</summary>
    public World(World other)
    {
        (Now, Validates, _names) = (other.Now, other.Validates, other._names);
        foreach (var fact in other.Facts)
        {
            Take(fact);
        }
    }

    public Ledger Ledger { get; } = new();

    public List<Fact> Facts { get; } = [];

    public Moment Now { get; set; } = new(Start, LedgerTime.Zero);

    public LedgerQueries Queries => Ledger.Queries;

    /// <summary>Whether the invariants are checked after each command.</summary>
    public bool Validates { get; set; } = true;

    /// <summary>An operator, with no name worth keeping.</summary>
    public static Actor Operator { get; } =
        Actor.Operator(PrivateText.Seal("someone", new byte[32]), Certificate("operator"));

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static CertificateHash Certificate(string text) => CertificateHash.Parse(Hash("certificate" + text));

    public static KeyHash Key(string text) => KeyHash.Parse(Hash("key" + text));

    public static PoolSpec Pool(
        string name,
        string cidr,
        int block,
        PoolNetwork network = PoolNetwork.Routed,
        Lessor lessor = Lessor.Broker,
        int cooldown = 60,
        int blockCooldown = 600,
        int blocksMax = 64,
        params string[] exclusions)
    {
        var ranges = new List<IpRange>();
        foreach (var text in exclusions)
        {
            Assert.True(IpRange.TryParse(text, out var range));
            ranges.Add(range);
        }

        return new PoolSpec(
            PoolName.Parse(name), Cidr.Parse(cidr), block, network, lessor, cooldown, blockCooldown, blocksMax, ranges);
    }

    /// <summary>Both clocks go on.</summary>
    public void Pass(long seconds) => Now = new Moment(
        new Instant(Now.At.UnixMicroseconds + (seconds * 1_000_000)), Now.Ledger.PlusSeconds(seconds));

    /// <summary>The wall clock alone is set.</summary>
    public void StepWall(long seconds) =>
        Now = Now with { At = new Instant(Now.At.UnixMicroseconds + (seconds * 1_000_000)) };

    /// <summary>A name that no other call gives.</summary>
    public string Fresh(string prefix) => $"{prefix}-{_names++:d6}";

    public Decision Decide(Command command)
    {
        var size = Ledger.Size;
        var decision = Ledger.Decide(command, Now);
        Assert.Equal(size, Ledger.Size);
        Assert.True(decision.Answer is null != (decision.Refusal is null));
        Assert.True(decision.Facts.Count <= 1024);
        foreach (var fact in decision.Facts)
        {
            Take(fact);
        }

        if (Validates)
        {
            Assert.Empty(Ledger.Validate());
        }

        return decision;
    }

    public T Run<T>(Command<T> command)
        where T : class
    {
        var decision = Decide(command);
        Assert.Null(decision.Refusal);
        return Assert.IsType<T>(decision.Answer);
    }

    public void Refused(RefusalCode code, Command command)
    {
        var decision = Decide(command);
        Assert.Equal(code, decision.Refusal?.Code);
        Assert.Empty(decision.Facts);
        Assert.NotEmpty(decision.Refusal!.Detail);
    }

    public PoolView Define(PoolSpec spec, bool open = true) => Run(new DefinePool(Operator, spec, open, null));

    public static IpRange Range(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return IpRange.TryParse(text, out var range)
            ? range
            : new IpRange(IpAddress.Parse(text[..dash]), IpAddress.Parse(text[(dash + 1)..])); // Wrong on purpose.
    }

    public static MakeReservation Reservation(string addresses, string? name = null) => new(
        Operator, Range(addresses), name is null ? null : ReservationName.Parse(name), null, null, null);

    public ReservationView Reserve(string addresses, string? name = null) => Run(Reservation(addresses, name));

    public ReservationEnded Drop(ReservationView made) =>
        Run(new DropReservation(Operator, made.Addresses, made.Position, null));

    /// <summary>A node with a current certificate.</summary>
    public NodeCaller Admit(string name)
    {
        var caller = Witness(name, Approve(name));
        _ = Run(new PromoteCertificate(caller));
        return caller;
    }

    /// <summary>A request that an operator approved.</summary>
    public CsrRequest Approve(string node, string? key = null)
    {
        var csr = Csr(node, key);
        _ = Run(new DecideCsr(Operator, csr, true, null, null));
        return csr;
    }

    public CsrRequest Csr(string node, string? key = null, TokenId? token = null, CertificateHash? renewed = null)
    {
        var name = Fresh("csr");
        return new CsrRequest(
            CsrName.Parse(name),
            "uid-" + name,
            "broker.example/node",
            "system:bootstrap",
            NodeName.Parse(node),
            Key(key ?? name),
            BlobHash.Parse(Hash(name)),
            token,
            renewed);
    }

    public static WitnessCertificate Issued(CsrRequest csr, string uid, long validSeconds = 86_400) => new(
        Certificate(csr.Csr.Value),
        csr.Csr,
        NodeUid.Parse(uid),
        csr.Key,
        "0a",
        Key("issuer"),
        Start,
        new Instant(Start.UnixMicroseconds + (validSeconds * 1_000_000)));

    public NodeCaller Witness(string node, CsrRequest csr, long validSeconds = 86_400)
    {
        var view = Run(Issued(csr, Fresh("uid"), validSeconds));
        return new NodeCaller(NodeName.Parse(node), view.Uid, view.Certificate);
    }

    public TokenId Issue(string id, params string[] nodes)
    {
        var token = TokenId.Parse(id);
        var expires = new Instant(Now.At.UnixMicroseconds + 86_400_000_000);
        _ = Run(new IssueToken(Operator, token, Hash(id), [.. nodes.Select(NodeName.Parse)], expires, null));
        return token;
    }

    public static DecideCsr ByToken(CsrRequest csr) =>
        new(Actor.Bootstrap(csr.Token!.Value), csr, true, "bootstrap-token", null);

    public RequestId Request() => RequestId.Parse(Fresh("request"));

    public GrantBlocks Blocks(NodeCaller caller, params string[] pools) =>
        new(caller, Request(), [.. pools.Select(PoolName.Parse)]);

    public BlockView Block(NodeCaller caller, params string[] pools) =>
        Assert.Single(Run(Blocks(caller, pools)).Blocks);

    public static Attachment Attach(NodeCaller caller, string container) => new(caller.Uid, "net", container, "eth0");

    public GrantLease Lease(NodeCaller caller, string container, params string[] pools) => new(
        caller,
        Request(),
        Attach(caller, container),
        new PodIdentity("default", "pod-" + container, PodUid(container)),
        [],
        [.. pools.Select(PoolName.Parse)]);

    public LeaseView Grant(NodeCaller caller, string container, params string[] pools) =>
        Assert.Single(Run(Lease(caller, container, pools)).Leases);

    public IReadOnlyList<IpAddress> Release(NodeCaller caller, string container) =>
        Run(new ReleaseLease(caller, Attach(caller, container))).Addresses;

    public static string PodUid(string container) => "uid-of-" + container;

    /// <summary>The end of what was granted, because its pod was not seen twice.</summary>
    public static ReclaimLease Reclaim(LeaseView lease) => new(lease.Attachment, lease.Position, Gone(lease.Pod.Uid));

    public static Evidence Gone(string uid) => new(
        EvidenceKind.PodGone,
        uid,
        new Observation(Start, EvidenceSource.Cache, EvidenceSight.Absent, "7"),
        new Observation(Start, EvidenceSource.Read, EvidenceSight.Absent, "9"),
        60);

    private void Take(Fact fact)
    {
        Ledger.Apply(Facts.Count, fact, Now.Ledger);
        Facts.Add(fact);
    }
}
