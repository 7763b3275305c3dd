using Broker.Core.Certificates;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Nodes;
using Broker.Core.Refusals;
using Broker.Core.Tokens;
using Broker.Core.Views;

namespace Broker.Core.Csrs;

/// <summary>Decides signing requests.</summary>
internal static class CsrRules
{
    public static Decision Decide(Draft draft, DecideCsr command)
    {
        if (CsrShape.Check(command) is { } wrong)
        {
            return Draft.Refuse(wrong);
        }

        var known = draft.State.Csrs.Find(command.Csr.Csr);
        var same = known is not null && known.WasDecidedAs(command.Csr, command.Approve);
        var approves = command.Approve && !same;
        if (approves && command.Rule is not null && CheckIdentity(draft, command.Csr) is { } refused)
        {
            return Draft.Refuse(refused);
        }

        if (same)
        {
            return draft.Answer(known!.View());
        }

        if (known is not null)
        {
            return Draft.Refuse(RefusalCode.CsrDecided, $"Request {known.Name} was decided already.");
        }

        if (approves && CheckState(draft, command) is { } taken)
        {
            return Draft.Refuse(taken);
        }

        return Write(draft, command);
    }

    /// <summary>What speaks for the requester when a rule decides: a token, or a live certificate.</summary>
    private static Refusal? CheckIdentity(Draft draft, CsrRequest csr) => csr.Token is { } token
        ? TokenRules.Check(draft, token, csr.Node)
        : CallerRules.Check(draft, csr.Node, null, csr.RenewedFrom!.Value, grants: false);

    private static Refusal? CheckState(Draft draft, DecideCsr command)
    {
        var (csr, state) = (command.Csr, draft.State);
        if (command.Rule is not null && csr.Token is not null)
        {
            if (state.Nodes.Find(csr.Node) is { } node)
            {
                // A retired name counts too: who holds an old token for named nodes must not undo an operator's word.
                return new Refusal(
                    RefusalCode.NameTakeover,
                    $"Node {csr.Node} has an identity ({node.Standing}); only an operator may approve.");
            }

            // Between approval and certificate the name is taken already: else two tokens give two keys one name.
            if (state.Csrs.Unissued(csr.Node) is { } pending && pending.Key != csr.Key)
            {
                return new Refusal(
                    RefusalCode.NameTakeover, $"Request {pending.Name} was approved for the name {csr.Node}.");
            }
        }

        if (state.Csrs.IsKeyOfAnother(csr.Key, csr.Node))
        {
            return new Refusal(RefusalCode.KeyReuse, "The public key is known under another node name.");
        }

        return command.Rule is not null && csr.Token is null && state.Nodes.Find(csr.Node) is { } renewing
            ? CertificateRules.CheckRoom(draft, renewing)
            : null;
    }

    private static Decision Write(Draft draft, DecideCsr command)
    {
        var csr = command.Csr;
        var observed = new CsrObserved(
            csr.Csr, csr.CsrUid, csr.Signer, csr.Requester, csr.Node, csr.Key, csr.Request, csr.Token,
            csr.RenewedFrom);
        var filed = draft.Add(observed, null);
        LedgerEvent decided = command.Approve
            ? new CsrApproved(csr.Csr, command.Rule, command.Reason)
            : new CsrDenied(csr.Csr, command.Rule, command.Reason);
        var decision = command.Approve ? CsrDecision.Approved : CsrDecision.Denied;
        var position = draft.Add(decided, filed);
        return draft.Answer(CsrState.ViewAs(observed, decision, command.Rule, command.Actor, position));
    }
}
