using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Views;

/// <summary>
/// A decided signing request. <c>Rule</c> is null when an operator decided; <c>Approver</c> is who acted.
/// </summary>
public sealed record CsrView(
    CsrName Csr,
    string CsrUid,
    string Signer,
    string Requester,
    NodeName Node,
    KeyHash Key,
    BlobHash Request,
    TokenId? Token,
    CsrDecision Decision,
    string? Rule,
    Actor Approver,
    long DecisionPosition,
    CertificateHash? Certificate);
