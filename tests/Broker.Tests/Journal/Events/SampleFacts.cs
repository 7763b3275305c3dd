using Broker.Core.Addresses;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Broker.Core.Time;
using Xunit;

namespace Broker.Tests.Journal.Events;

/// <summary>One event of each type, in the order of the golden file.</summary>
internal static class SampleFacts
{
    public static Instant At { get; } = new(1_767_225_600_123_456);

    public static PrivateText Reason { get; } = PrivateText.Seal("the disk was replaced", new byte[32]);

    public static PrivateText Person { get; } = PrivateText.Seal("Ada", [.. Enumerable.Repeat((byte)7, 32)]);

    public static PrivateText Owner { get; } = PrivateText.Seal("Grace", [.. Enumerable.Repeat((byte)9, 32)]);

    public static IReadOnlyList<Fact> All { get; } =
    [
        ByBroker(new LedgerCreated("ipam.example.org/prod"), null),
        ByBroker(new LedgerLed(2, new string('5', 32)), 0),
        ByBroker(new ClockStepped(1_500_000), 1),
        ByOperator(new PoolDefined(Spec(), Reason)),
        ByOperator(new PoolOpened(Pool, null)),
        ByBroker(new CsrObserved(Csr, "uid-1", "kubernetes.io/kube-apiserver-client-kubelet", "system:bootstrap:x+y",
            Node, Key, BlobHash.Parse(Hex('b')), TokenId.Parse("abc123")), null),
        ByOperator(new CsrApproved(Csr, null, Reason)),
        ByBroker(new CsrDenied(Csr, "bootstrap-token", null), 7),
        ByBroker(new CertificateWitnessed(
            Certificate, Csr, Node, Uid, Key, "0a1b", KeyHash.Parse(Hex('e')), At, At), null),
        ByBroker(new CertificatePromoted(Node, Certificate), 8),
        ByBroker(new CertificateRetired(Node, Certificate), 9),
        ByBroker(new NodeAdmitted(Node, Uid), 10),
        ByOperator(new NodeQuarantined(Node, Uid, Reason)),
        ByOperator(new NodeFenced(Node, Uid, Reason)),
        ByOperator(new NodeReadmitted(Node, Uid, Reason)),
        ByOperator(new NodeRetired(Node, Uid, Reason)),
        ByOperator(new TokenIssued(TokenId.Parse("abc123"), Hex('d'), [Node], At, Reason)),
        ByOperator(new TokenRevoked(TokenId.Parse("abc123"), null)),
        ByNode(new BlockGranted(Cidr.Parse("10.0.0.64/26"), Pool, Node, Uid, Lessor.Agent)),
        ByNode(new BlockReleased(Cidr.Parse("10.0.0.64/26"), new Generation(18), Node)),
        ByNode(new LeaseGranted(IpAddress.Parse("fd00::5"), new Generation(18), Node, Attachment,
            new PodIdentity("shop", "cart-0", string.Empty))) with { Effective = new Instant(At.UnixMicroseconds - 1) },
        ByNode(new LeaseReleased(IpAddress.Parse("fd00::5"), new Generation(18), 20)),
        ByBroker(new RefusalCounted(RefusalCode.SubjectMismatch, Certificate, Node, 12), 11),
        ByBroker(new AlarmRaised(AlarmKind.Unwitnessed, Node, Certificate, Key), 22),
        ByOperator(new PoolChanged(Spec() with { Cidr = Cidr.Parse("10.0.0.0/15"), Exclusions = [] }, Reason)),
        ByOperator(new ReservationMade(
            Range("10.0.0.5"), Pool, ReservationName.Parse("router-1"), MacAddress.Parse("02:00:5E:10:00:01"), Owner,
            Reason)) with { Prev = null },
        ByOperator(new ReservationDropped(Range("10.0.1.0-10.0.1.255"), Pool, 25, Reason)),
        ByBroker(new CsrFailed(Csr), 7),
        ByBroker(new CsrContradicted(Csr, "key_substituted"), 7),
        ByOperator(new CertificateAdopted(
            Certificate, Node, Uid, Key, "0a1b", KeyHash.Parse(Hex('e')), At, At, Reason)),
        ByOperator(new CertificateDenied(Node, null, Key, null, null, Reason)),
        ByBroker(new NodeRebound(Node, NodeUid.Parse("6f0c5f0e-0002"), Uid, At), 10),
        ByBroker(new EvidenceGap(At, At), 2),
        ByBroker(new LeaseReclaimed(IpAddress.Parse("fd00::5"), new Generation(18), 20, new Evidence(
            EvidenceKind.PodGone,
            PodUid,
            new Observation(At, EvidenceSource.Cache, EvidenceSight.Absent, "4711"),
            new Observation(At, EvidenceSource.Read, EvidenceSight.OtherUid, "4712", "0d4e-0002"),
            61)), 20),
        ByOperator(new BlockReclaimed(Cidr.Parse("10.0.0.64/26"), new Generation(18), Node, new Evidence(
            EvidenceKind.MachineOff,
            Uid.Value,
            new Observation(At, EvidenceSource.Operator, EvidenceSight.StatedOff)), Reason)),
        ByBroker(new LedgerSealed(new string('6', 32)), 2),
        ByOperator(new PoolDrained(Pool, null)),
        ByOperator(new PoolRetired(Pool, null)),
    ];

    /// <summary>Events with the members that stand in them only in a cluster.</summary>
    public static IReadOnlyList<Fact> Cluster { get; } =
    [
        ByBroker(new CsrObserved(Csr, "uid-1", "kubernetes.io/kube-apiserver-client-kubelet", "system:node:node-a",
            Node, Key, BlobHash.Parse(Hex('b')), null, Certificate), null),
        ByBroker(new CsrApproved(Csr, "cluster", null, "AutoApproved"), 0),
        ByBroker(new NodeAdmitted(Node, Uid, IsProvisional: true), null),
        ByBroker(new CertificateWitnessed(
            Certificate, Csr, Node, Uid, Key, "0a1b", KeyHash.Parse(Hex('e')), At, At,
            Assurance.WitnessedCustody, At), 2),
        ByBroker(new CertificateWitnessed(
            Certificate, Csr, Node, Uid, Key, "0a1b", KeyHash.Parse(Hex('e')), At, At,
            Assurance.Witnessed, At, "name_takeover"), 3),
        ByBroker(new CertificateDenied(Node, Certificate, null, null, null, null), 4),
        ByBroker(new CertificateDenied(Node, null, null, KeyHash.Parse(Hex('e')), "0a1b", null), 5),
        ByBroker(new NodeFenced(Node, Uid, null, "node_deleted"), 6),
        ByBroker(new EvidenceGap(null, At), null),
        ByBroker(new LeaseReclaimed(IpAddress.Parse("10.0.0.70"), new Generation(18), 20, new Evidence(
            EvidenceKind.PodEnded,
            PodUid,
            new Observation(At, EvidenceSource.Cache, EvidenceSight.Succeeded, "4711"),
            new Observation(At, EvidenceSource.Read, EvidenceSight.Failed, "4712"),
            60)), 20),
        ByBroker(new LeaseReclaimed(IpAddress.Parse("10.0.0.70"), new Generation(18), 20, new Evidence(
            EvidenceKind.NodeDeleted,
            Uid.Value,
            new Observation(At, EvidenceSource.Cache, EvidenceSight.Absent, "4711"))), 20),
        ByOperator(new LeaseReclaimed(IpAddress.Parse("10.0.0.70"), new Generation(18), 20, new Evidence(
            EvidenceKind.MachineOff,
            Uid.Value,
            new Observation(At, EvidenceSource.Operator, EvidenceSight.StatedOff)))),
        ByNode(new LeaseGranted(IpAddress.Parse("10.0.0.70"), new Generation(18), Node, Attachment,
            new PodIdentity("shop", "cart-0", PodUid), PodAssurance.Verified)),
        ByNode(new LeaseGranted(IpAddress.Parse("10.0.0.71"), new Generation(18), Node, Attachment,
            new PodIdentity("shop", "cart-1", PodUid), PodAssurance.Unverified)),
        ByBroker(new BlockReclaimed(Cidr.Parse("10.0.0.64/26"), new Generation(18), Node, new Evidence(
            EvidenceKind.NodeDeleted,
            Uid.Value,
            new Observation(At, EvidenceSource.Cache, EvidenceSight.Absent),
            new Observation(At, EvidenceSource.Cache, EvidenceSight.OtherUid, null, "6f0c5f0e-0002"),
            10), null), 18),
        ByOperator(new PoolDefined(
            Spec() with { BlocksPerNodeMax = 1, PodCidrs = true, NodeDeletionIsEvidence = true }, null)),
        ByOperator(new PoolDefined(Spec() with { LeasesPerNodeMax = 110, LeasesPerNamespaceMax = 20 }, null)),
        ByOperator(new ReservationMade(Range("10.0.0.9"), Pool, null, null, null, null)
        {
            Workload = WorkloadName.Parse("shop/cart-0"),
        }) with { Prev = null },
    ];

    private const string PodUid = "0d4e-0001";

    private static NodeName Node => NodeName.Parse("node-a");

    private static NodeUid Uid => NodeUid.Parse("6f0c5f0e-0001");

    private static PoolName Pool => PoolName.Parse("pods");

    private static CsrName Csr => CsrName.Parse("csr-1");

    private static KeyHash Key => KeyHash.Parse(Hex('a'));

    private static CertificateHash Certificate => CertificateHash.Parse(Hex('c'));

    private static Attachment Attachment => new(Uid, "net", "container1", "eth0");

    public static Fact ByBroker(LedgerEvent e, long? prev) => new(At, null, prev, Actor.Broker, null, e);

    private static Fact ByOperator(LedgerEvent e) => new(At, null, 3, Actor.Operator(Person, Certificate), null, e);

    private static Fact ByNode(LedgerEvent e) =>
        new(At, null, 4, Actor.Node(Node, Certificate), RequestId.Parse("request-0001"), e);

    private static PoolSpec Spec() => new(
        Pool, Cidr.Parse("10.0.0.0/16"), 26, PoolNetwork.Routed, Lessor.Broker, 60, 600, 16,
        [new IpRange(IpAddress.Parse("10.0.0.1"), IpAddress.Parse("10.0.0.9"))]);

    private static IpRange Range(string text)
    {
        Assert.True(IpRange.TryParse(text, out var range));
        return range;
    }

    private static string Hex(char digit) => new(digit, 64);
}
