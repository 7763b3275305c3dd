using Broker.Core.Refusals;

namespace Broker.Journal.Events;

/// <summary>The names of the refusal codes as they stand in the journal.</summary>
internal static class RefusalNames
{
    public static NameTable<RefusalCode> Table { get; } = new(
        (RefusalCode.InvalidField, "invalid_field"),
        (RefusalCode.InvalidPool, "invalid_pool"),
        (RefusalCode.Unwitnessed, "unwitnessed"),
        (RefusalCode.Superseded, "superseded"),
        (RefusalCode.NodeFenced, "node_fenced"),
        (RefusalCode.NodeQuarantined, "node_quarantined"),
        (RefusalCode.NodeRetired, "node_retired"),
        (RefusalCode.SubjectMismatch, "subject_mismatch"),
        (RefusalCode.NodeUidChanged, "node_uid_changed"),
        (RefusalCode.CertificateExpired, "certificate_expired"),
        (RefusalCode.CertificateDenied, "certificate_denied"),
        (RefusalCode.Held, "held"),
        (RefusalCode.TokenInvalid, "token_invalid"),
        (RefusalCode.TokenExpired, "token_expired"),
        (RefusalCode.TokenUsed, "token_used"),
        (RefusalCode.TokenRevoked, "token_revoked"),
        (RefusalCode.TokenNodeMismatch, "token_node_mismatch"),
        (RefusalCode.NodeUnregistered, "node_unregistered"),
        (RefusalCode.Conflict, "conflict"),
        (RefusalCode.RequestEnded, "request_ended"),
        (RefusalCode.PoolUnknown, "pool_unknown"),
        (RefusalCode.BlockUnknown, "block_unknown"),
        (RefusalCode.NodeUnknown, "node_unknown"),
        (RefusalCode.CsrUnknown, "csr_unknown"),
        (RefusalCode.CertificateUnknown, "certificate_unknown"),
        (RefusalCode.TokenUnknown, "token_unknown"),
        (RefusalCode.LeaseUnknown, "lease_unknown"),
        (RefusalCode.PoolAdopting, "pool_adopting"),
        (RefusalCode.Exists, "exists"),
        (RefusalCode.PoolOverlaps, "pool_overlaps"),
        (RefusalCode.GenerationStale, "generation_stale"),
        (RefusalCode.BlockInUse, "block_in_use"),
        (RefusalCode.LessorAgent, "lessor_agent"),
        (RefusalCode.CsrDecided, "csr_decided"),
        (RefusalCode.NameTakeover, "name_takeover"),
        (RefusalCode.KeyReuse, "key_reuse"),
        (RefusalCode.NodeInUse, "node_in_use"),
        (RefusalCode.PoolExhausted, "pool_exhausted"),
        (RefusalCode.BlockExhausted, "block_exhausted"),
        (RefusalCode.BlockLimit, "block_limit"),
        (RefusalCode.LedgerLimit, "ledger_limit"));
}
