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
}
