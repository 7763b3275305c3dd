namespace Broker.Identity.Reasons;

/// <summary>The stable codes of identity refusals; <see cref="IdentityReasons"/> explains each.</summary>
public static class ReasonCodes
{
    // Shape.
    public const string Malformed = "malformed";
    public const string Encoding = "encoding";
    public const string Version = "version";
    public const string Serial = "serial";
    public const string TooLarge = "too_large";
    public const string TooManyCerts = "too_many_certs";
    public const string Pem = "pem";

    // Trust.
    public const string Untrusted = "untrusted";
    public const string PartialChain = "partial_chain";
    public const string Signature = "signature";
    public const string ChainLength1 = "chain_length_1";
    public const string IssuerNotPinned = "issuer_not_pinned";
    public const string NotCa = "not_ca";
    public const string CaValidity = "ca_validity";
    public const string PathLen = "path_len";
    public const string TooDeep = "too_deep";
    public const string NameConstraint = "name_constraint";
    public const string CaPolicy = "ca_policy";
    public const string CriticalExtension = "critical_extension";
    public const string Path = "path";

    // Keys.
    public const string WeakKey = "weak_key";
    public const string KeyTooLarge = "key_too_large";
    public const string Curve = "curve";
    public const string CurveExplicit = "curve_explicit";
    public const string Algorithm = "algorithm";
    public const string UnsupportedAlg = "unsupported_alg";
    public const string WeakHash = "weak_hash";
    public const string DeniedKey = "denied_key";

    // Leaf.
    public const string EkuMissing = "eku_missing";
    public const string Eku = "eku";
    public const string EkuAny = "eku_any";
    public const string EkuExtra = "eku_extra";
    public const string KuMissing = "ku_missing";
    public const string KuNoSignature = "ku_no_signature";
    public const string KuCa = "ku_ca";
    public const string KuExtra = "ku_extra";
    public const string LeafIsCa = "leaf_is_ca";
    public const string LeafPathLen = "leaf_path_len";
    public const string BcMissing = "bc_missing";
    public const string ExtNotAllowed = "ext_not_allowed";
    public const string ExtNotCritical = "ext_not_critical";
    public const string SanForbidden = "san_forbidden";

    // Time.
    public const string Expired = "expired";
    public const string NotYetValid = "not_yet_valid";
    public const string Lifetime = "lifetime";

    // Subject.
    public const string Org = "org";
    public const string OrgExact = "org_exact";
    public const string Cn = "cn";
    public const string CnEmpty = "cn_empty";
    public const string CnSyntax = "cn_syntax";
    public const string CnMultiple = "cn_multiple";
    public const string RdnMulti = "rdn_multi";
    public const string SubjectAttribute = "subject_attribute";
    public const string UidMismatch = "uid_mismatch";

    // Witness.
    public const string Unwitnessed = "unwitnessed";
    public const string Superseded = "superseded";
    public const string NodeFenced = "node_fenced";
    public const string NodeRetired = "node_retired";
    public const string NodeUidChanged = "node_uid_changed";
    public const string KeyReuse = "key_reuse";
    public const string SerialReuse = "serial_reuse";

    // Requests.
    public const string Pop = "pop";

    // The record of a cluster's requests.
    public const string SignerMismatch = "signer_mismatch";
    public const string CsrDenied = "csr_denied";
    public const string CsrFailed = "csr_failed";
    public const string CsrContradictory = "csr_contradictory";
    public const string SignedWithoutApproval = "signed_without_approval";
    public const string KeySubstituted = "key_substituted";
    public const string SubjectSubstituted = "subject_substituted";
    public const string UsageSubstituted = "usage_substituted";
    public const string CsrUsages = "csr_usages";
    public const string SignerIgnoredLifetime = "signer_ignored_lifetime";
    public const string RequesterMismatch = "requester_mismatch";
    public const string RequesterGroup = "requester_group";
    public const string RequesterNotAllowed = "requester_not_allowed";
    public const string CustodyBroken = "custody_broken";
    public const string EvidenceGap = "evidence_gap";
    public const string Held = "held";
    public const string CertificateDenied = "certificate_denied";

    // Anchors and key files.
    public const string AnchorsEmpty = "anchors_empty";
    public const string AnchorsTooMany = "anchors_too_many";
    public const string PemBlock = "pem_block";
    public const string PrivateKey = "private_key";
    public const string AnchorNotSelfIssued = "anchor_not_self_issued";
    public const string AnchorBasicConstraints = "anchor_basic_constraints";
    public const string AnchorSignature = "anchor_signature";
    public const string AnchorAmbiguous = "anchor_ambiguous";
    public const string AnchorShared = "anchor_shared";
    public const string KeyFileMode = "key_file_mode";
    public const string KeyMismatch = "key_mismatch";

    // Connection.
    public const string NoCertificate = "no_certificate";
    public const string NotExamined = "not_examined";
    public const string CertificateReplaced = "certificate_replaced";
    public const string Role = "role";
}
