using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Pools;

namespace Broker.Journal.Events;

/// <summary>The names of the small enumerations as they stand in the journal.</summary>
internal static class JournalNames
{
    public static NameTable<ActorRole> Roles { get; } = new(
        (ActorRole.Broker, "broker"),
        (ActorRole.Node, "node"),
        (ActorRole.Operator, "operator"),
        (ActorRole.Bootstrap, "bootstrap"));

    public static NameTable<Lessor> Lessors { get; } = new(
        (Lessor.Broker, "broker"),
        (Lessor.Agent, "agent"));

    public static NameTable<PoolNetwork> Networks { get; } = new(
        (PoolNetwork.Routed, "routed"),
        (PoolNetwork.Flat, "flat"),
        (PoolNetwork.Host, "host"));

    public static NameTable<AlarmKind> Alarms { get; } = new(
        (AlarmKind.Unwitnessed, "unwitnessed"),
        (AlarmKind.Superseded, "superseded"),
        (AlarmKind.SubjectMismatch, "subject_mismatch"),
        (AlarmKind.NameTakeover, "name_takeover"),
        (AlarmKind.KeyReuse, "key_reuse"),
        (AlarmKind.CustodyBroken, "custody_broken"),
        (AlarmKind.CsrContradicted, "csr_contradicted"),
        (AlarmKind.EvidenceGap, "evidence_gap"));

    public static NameTable<Assurance> Assurances { get; } = new(
        (Assurance.Embedded, "embedded"),
        (Assurance.WitnessedCustody, "witnessed-custody"),
        (Assurance.Witnessed, "witnessed"),
        (Assurance.Adopted, "adopted"));

    public static NameTable<PodAssurance> PodAssurances { get; } = new(
        (PodAssurance.None, "none"),
        (PodAssurance.Verified, "verified"),
        (PodAssurance.Unverified, "unverified"));

    public static NameTable<EvidenceKind> EvidenceKinds { get; } = new(
        (EvidenceKind.PodGone, "pod_gone"),
        (EvidenceKind.PodEnded, "pod_ended"),
        (EvidenceKind.NodeDeleted, "node_deleted"),
        (EvidenceKind.MachineOff, "machine_off"));

    public static NameTable<EvidenceSight> EvidenceSights { get; } = new(
        (EvidenceSight.Absent, "absent"),
        (EvidenceSight.OtherUid, "other_uid"),
        (EvidenceSight.Succeeded, "succeeded"),
        (EvidenceSight.Failed, "failed"),
        (EvidenceSight.OutOfService, "out_of_service"),
        (EvidenceSight.StatedOff, "stated_off"));

    public static NameTable<EvidenceSource> EvidenceSources { get; } = new(
        (EvidenceSource.Cache, "cache"),
        (EvidenceSource.Read, "read"),
        (EvidenceSource.Operator, "operator"));
}
