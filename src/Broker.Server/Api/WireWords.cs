using Broker.Core.Addresses;
using Broker.Core.Events;
using Broker.Core.Pools;
using Broker.Core.Views;

namespace Broker.Server.Api;

/// <summary>The words that enumerations have on the wire; frozen by a test.</summary>
internal static class WireWords
{
    public static IReadOnlyDictionary<string, PoolNetwork> Networks { get; } = new Dictionary<string, PoolNetwork>
    {
        ["routed"] = PoolNetwork.Routed,
        ["flat"] = PoolNetwork.Flat,
        ["host"] = PoolNetwork.Host,
    };

    public static IReadOnlyDictionary<string, Lessor> Commits { get; } = new Dictionary<string, Lessor>
    {
        ["central"] = Lessor.Broker,
        ["local"] = Lessor.Agent,
    };

    public static IReadOnlyDictionary<string, IpFamily> Families { get; } = new Dictionary<string, IpFamily>
    {
        ["ipv4"] = IpFamily.IPv4,
        ["ipv6"] = IpFamily.IPv6,
    };

    public static string Of(PoolNetwork network) => Networks.First(pair => pair.Value == network).Key;

    public static string CommitOf(Lessor lessor) => Commits.First(pair => pair.Value == lessor).Key;

    public static string Of(Lessor lessor) => lessor == Lessor.Agent ? "agent" : "broker";

    public static string Of(BlockWaitFor what) => what switch
    {
        BlockWaitFor.Cooldown => "cooldown",
        BlockWaitFor.Release => "release",
        BlockWaitFor.Leases => "leases",
        BlockWaitFor.NodeDeletion => "node_deletion",
        BlockWaitFor.Operator => "operator",
        _ => throw new InvalidOperationException($"Unknown {what}."),
    };

    public static string Of(Standing standing) => standing switch
    {
        Standing.Active => "active",
        Standing.Quarantined => "quarantined",
        Standing.Fenced => "fenced",
        Standing.Retired => "retired",
        _ => throw new InvalidOperationException($"Unknown standing {standing}."),
    };

    public static string Of(CertificateSlot slot) => slot switch
    {
        CertificateSlot.Next => "next",
        CertificateSlot.Current => "current",
        CertificateSlot.Grace => "grace",
        CertificateSlot.Retired => "retired",
        CertificateSlot.Held => "held",
        CertificateSlot.Denied => "denied",
        _ => throw new InvalidOperationException($"Unknown slot {slot}."),
    };

    public static string Of(Assurance assurance) => assurance switch
    {
        Assurance.Embedded => "embedded",
        Assurance.WitnessedCustody => "witnessed-custody",
        Assurance.Witnessed => "witnessed",
        Assurance.Adopted => "adopted",
        _ => throw new InvalidOperationException($"Unknown assurance {assurance}."),
    };

    public static string Of(AlarmKind kind) => kind switch
    {
        AlarmKind.Unwitnessed => "unwitnessed",
        AlarmKind.Superseded => "superseded",
        AlarmKind.SubjectMismatch => "subject_mismatch",
        AlarmKind.NameTakeover => "name_takeover",
        AlarmKind.KeyReuse => "key_reuse",
        AlarmKind.CustodyBroken => "custody_broken",
        AlarmKind.CsrContradicted => "csr_contradicted",
        AlarmKind.EvidenceGap => "evidence_gap",
        _ => throw new InvalidOperationException($"Unknown alarm {kind}."),
    };

    public static string? Of(PodAssurance assurance) => assurance switch
    {
        PodAssurance.None => null,
        PodAssurance.Verified => "verified",
        PodAssurance.Unverified => "unverified",
        _ => throw new InvalidOperationException($"Unknown assurance {assurance}."),
    };

    public static string Of(CsrDecision decision) => decision switch
    {
        CsrDecision.Approved => "approved",
        CsrDecision.Denied => "denied",
        CsrDecision.Issued => "issued",
        CsrDecision.Failed => "failed",
        CsrDecision.Contradicted => "contradicted",
        _ => throw new InvalidOperationException($"Unknown decision {decision}."),
    };
}
