using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Core.Csrs;

/// <summary>A signing request and what was decided on it.</summary>
internal sealed class CsrState(CsrObserved observed, long position)
{
    public CsrName Name { get; } = observed.Csr;

    public NodeName Node { get; } = observed.Node;

    public KeyHash Key { get; } = observed.Key;

    public TokenId? Token { get; } = observed.Token;

    /// <summary>Null only between the two events of one decision.</summary>
    public CsrDecision? Decision { get; set; }

    /// <summary>The rule that decided, or the reason's code when it failed or is contradicted.</summary>
    public string? Rule { get; set; }

    /// <summary>The object's UID: a name comes back with another one.</summary>
    public string Uid { get; } = observed.CsrUid;

    /// <summary>Whether its approval made its key known.</summary>
    public bool KnowsKey { get; set; }

    public Actor Approver { get; set; } = Actor.Broker;

    public long DecisionPosition { get; set; }

    /// <summary>The position of the newest event on it.</summary>
    public long LastPosition { get; set; } = position;

    public CertificateHash? Certificate { get; set; }

    /// <summary>Its place among those that may be forgotten; null while its certificate is remembered.</summary>
    public LinkedListNode<CsrState>? Place { get; set; }

    private CsrObserved Observed { get; } = observed;

    /// <summary>Whether it is the same object asking for the same, and was decided the same way.</summary>
    public bool WasDecidedAs(CsrRequest request, bool approve) =>
        request.CsrUid == Observed.CsrUid && request.Node == Node && request.Key == Key && request.Token == Token
        && (approve ? Decision is CsrDecision.Approved or CsrDecision.Issued : Decision == CsrDecision.Denied);

    public CsrView View() =>
        ViewAs(Observed, Decision ?? CsrDecision.Denied, Rule, Approver, DecisionPosition) with
        {
            Certificate = Certificate,
        };

    public static CsrView ViewAs(
        CsrObserved observed, CsrDecision decision, string? rule, Actor approver, long position) => new(
        observed.Csr,
        observed.CsrUid,
        observed.Signer,
        observed.Requester,
        observed.Node,
        observed.Key,
        observed.Request,
        observed.Token,
        decision,
        rule,
        approver,
        position,
        null);
}
