using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.Time;
using Broker.Core.Views;
using Broker.Identity.Reasons;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Nodes;
using Broker.Kubernetes.Recording;
using Broker.Kubernetes.Watching;
using Broker.Kubernetes.Witness;

namespace Broker.Kubernetes.Csrs;

/// <summary>
/// Judges each CSR and has the decided ones recorded, oldest first. What was recorded is not sent again, and if it
/// were, the ledger would answer it without an event.
/// </summary>
internal sealed class CsrTarget(
    string signer,
    CsrWitness witness,
    WitnessSettings settings,
    IWitnessLedger ledger,
    NodeTarget nodes,
    EvidenceClock evidence,
    TimeProvider time,
    Action<WitnessWarning> warn) : IListTarget<ObservedCsr>
{
    private readonly Dictionary<string, string> _recorded = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    public async Task<TimeSpan?> ListedAsync(ListSeen<ObservedCsr> seen, CancellationToken cancellation)
    {
        await nodes.Ready.WaitAsync(cancellation).ConfigureAwait(false);
        await evidence.ResumedAsync(ledger, seen.LastContact).ConfigureAwait(false);
        var listed = seen.Items.Select(csr => csr.Uid).ToHashSet(StringComparer.Ordinal);
        _refused.IntersectWith(listed);
        foreach (var uid in _recorded.Keys.Where(uid => !listed.Contains(uid)).ToList())
        {
            _ = _recorded.Remove(uid); // It was just found there.
        }

        foreach (var csr in seen.Items.OrderBy(csr => csr.Created).ThenBy(csr => csr.Name, StringComparer.Ordinal))
        {
            await RecordAsync(csr).ConfigureAwait(false);
        }

        evidence.Complete(signer, seen.Begun);
        return null;
    }

    public async Task ChangedAsync(ClusterChange<ObservedCsr> change, CancellationToken cancellation)
    {
        // A deleted CSR is evidence all the same; its last state comes with the event.
        await RecordAsync(change.Item!).ConfigureAwait(false);
        if (change.Kind == ChangeKind.Deleted)
        {
            _ = _recorded.Remove(change.Item!.Uid); // It will not come again.
        }
    }

    private async Task RecordAsync(ObservedCsr csr)
    {
        var verdict = witness.Judge(csr, time.GetUtcNow());
        if (verdict.Outcome is CsrOutcome.Pending or CsrOutcome.Ignored
            || !CsrName.TryParse(csr.Name, out var name) || csr.Uid.Length == 0)
        {
            return;
        }

        var print = $"{verdict.Outcome} {verdict.Refusal?.Code} {verdict.Certificate?.Hash}";
        if (_recorded.TryGetValue(csr.Uid, out var before) && before == print)
        {
            return;
        }

        var node = nodes.Find(verdict.Request!.NodeName);
        var outcome = await ledger.ObserveAsync(
            CommandOf(csr, name, verdict, node), verdict.Request.Der, verdict.CertificateDer).ConfigureAwait(false);
        if (outcome.Refusal is { } refusal)
        {
            // A limit may have room at the next list; said once.
            if (_refused.Add(csr.Uid))
            {
                warn(new WitnessWarning("csr_not_recorded", csr.Name, refusal.Detail));
            }

            return;
        }

        _recorded[csr.Uid] = print;

        // Looked up anew: a Node that came while the CSR was recorded had nobody to be bound to yet.
        if (verdict.Outcome == CsrOutcome.Issued && nodes.Find(verdict.Request.NodeName) is { } found)
        {
            await ledger.BindAsync(new BindNode(found)).ConfigureAwait(false);
        }
    }

    private ObserveCsr CommandOf(ObservedCsr csr, CsrName name, CsrVerdict verdict, ObservedNode? node)
    {
        var request = new ObservedRequest
        {
            Csr = name,
            CsrUid = csr.Uid,
            Signer = csr.Signer,
            Requester = csr.Requester.Username,
            ByNode = verdict is
            {
                Outcome: CsrOutcome.Issued, Requester: RequesterKind.Node or RequesterKind.Bound,
            },

            // A pod shows a token, which is no link between certificates.
            HasCredential = verdict.Custody.IsNamed && verdict.Requester != RequesterKind.Bound,
            Credential = verdict.Requester == RequesterKind.Bound ? null : verdict.Custody.Certificate,
            BeginsChain = settings.Adopts,
            Node = verdict.Request!.NodeName,
            Key = verdict.Request.Key,
            Request = verdict.Request.Blob,
            Requested = Instant.From(csr.Created),
        };
        return new ObserveCsr(
            request,
            verdict.Outcome switch
            {
                CsrOutcome.Issued => CsrDecision.Issued,
                CsrOutcome.Denied => CsrDecision.Denied,
                CsrOutcome.Failed => CsrDecision.Failed,
                _ => CsrDecision.Contradicted,
            },
            verdict.Outcome switch
            {
                CsrOutcome.Issued => NameRules.IsToken(verdict.Approval, 64) ? verdict.Approval : null,
                CsrOutcome.Contradicted => verdict.Refusal!.Code,
                _ => null,
            },
            CertificateOf(verdict),
            verdict.Hold?.Code ?? HoldOfBound(verdict, node),
            node);
    }

    // The pod's Node object is another one than the one of that name now: its token outlived it.
    private static string? HoldOfBound(CsrVerdict verdict, ObservedNode? node) =>
        verdict is { Requester: RequesterKind.Bound, Bound.Uid: { } uid } && node is not null && node.Uid.Value != uid
            ? ReasonCodes.NodeUidChanged
            : null;

    private static ObservedCertificate? CertificateOf(CsrVerdict verdict) => verdict.Certificate is { } certificate
        ? new ObservedCertificate(
            certificate.Hash,
            certificate.Key,
            certificate.Serial,
            certificate.IssuerKey,
            Instant.From(certificate.NotBefore),
            Instant.From(certificate.NotAfter))
        : null;
}
