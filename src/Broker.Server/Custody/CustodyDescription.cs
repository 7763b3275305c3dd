using Broker.Contracts.Custody;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Identity.Csr;
using Broker.Journal.Writing;
using Broker.Kubernetes.Witness;
using Broker.Server.Api;
using Broker.Server.Enrolment;
using Broker.Server.History;

namespace Broker.Server.Custody;

/// <summary>What a pass over the journal found, as it goes over the wire, with the names that are kept apart.</summary>
internal sealed class CustodyDescription(LedgerWriter writer, PrivateNames names)
{
    private const string KubeletName = "node-csr-";

    public async Task<StandingStep> OfAsync(PlacedFact placed, CancellationToken cancellation)
    {
        (string What, NodeUid Uid, NodeUid? From, string? Rule, PrivateText? Reason) step = placed.Fact.Event switch
        {
            NodeAdmitted admitted => ("admitted", admitted.Uid, null, null, null),
            NodeRebound rebound => ("rebound", rebound.Uid, rebound.From, null, null),
            NodeQuarantined quarantined => ("quarantined", quarantined.Uid, null, null, quarantined.Reason),
            NodeFenced fenced => ("fenced", fenced.Uid, null, fenced.Rule, fenced.Reason),
            NodeReadmitted readmitted => ("readmitted", readmitted.Uid, null, null, readmitted.Reason),
            NodeRetired retired => ("retired", retired.Uid, null, null, retired.Reason),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no step of standing."),
        };
        var actor = placed.Fact.Actor;
        return new StandingStep(
            step.What,
            placed.Fact.At.ToString(),
            placed.Position,
            step.Uid.Value,
            step.From?.Value,
            step.Rule,
            await names.OfAsync(actor, cancellation),
            actor.Certificate?.Value,
            await TextAsync(step.Reason, cancellation));
    }

    public async Task<CustodyRequest> OfAsync(ScannedRequest request, CancellationToken cancellation)
    {
        var observed = request.Observed;
        var decided = request.Decided ?? request.Placed;
        (string? Rule, string? Approval, PrivateText? Reason) how = decided.Fact.Event switch
        {
            CsrApproved approved => (approved.Rule, approved.Approval, approved.Reason),
            CsrDenied denied => (denied.Rule, null, denied.Reason),
            CsrContradicted contradicted => (contradicted.Code, null, null),
            CsrFailed => ("cluster", null, null),
            _ => (null, null, null),
        };
        return new CustodyRequest(
            observed.Csr.Value,
            observed.CsrUid,
            observed.Signer,
            observed.Requester,
            observed.Token?.Value,
            observed.Credential?.Value,
            await IsNamedByKeyAsync(observed, cancellation),
            observed.Key.Value,
            observed.Request.Value,
            request.Placed.Fact.At.ToString(),
            request.Placed.Position,
            WireWords.Of(request.Status),
            decided.Fact.At.ToString(),
            decided.Position,
            how.Rule,
            how.Approval,
            await names.OfAsync(decided.Fact.Actor, cancellation),
            decided.Fact.Actor.Certificate?.Value,
            await TextAsync(how.Reason, cancellation),
            request.Certificate?.Value);
    }

    public async Task<CustodyCertificate> OfAsync(ScannedCertificate certificate, CancellationToken cancellation)
    {
        var its = certificate.Witnessed;
        var steps = new List<CustodyStep>();
        foreach (var step in certificate.Steps)
        {
            steps.Add(await OfAsync(step, cancellation));
        }

        return new CustodyCertificate(
            its.Certificate.Value,
            its.Csr.Value,
            certificate.AskedWith?.Value,
            its.Key.Value,
            its.Serial,
            its.Issuer.Value,
            its.NotBefore.ToString(),
            its.NotAfter.ToString(),
            WireWords.Of(certificate.Slot),
            WireWords.Of(certificate.Assurance),
            its.Hold,
            certificate.Uid.Value,
            certificate.Placed.Position,
            steps);
    }

    public static CustodyAlarm Alarm(PlacedFact placed)
    {
        var alarm = (AlarmRaised)placed.Fact.Event;
        return new CustodyAlarm(
            WireWords.Of(alarm.Kind),
            placed.Fact.At.ToString(),
            placed.Position,
            alarm.Certificate?.Value,
            alarm.Key?.Value);
    }

    private async Task<CustodyStep> OfAsync(ScannedStep step, CancellationToken cancellation)
    {
        var fact = step.Placed.Fact;
        var reason = fact.Event switch
        {
            CertificateAdopted adopted => adopted.Reason,
            CertificateDenied denied => denied.Reason,
            NodeRetired retired => retired.Reason,
            _ => null,
        };
        return new CustodyStep(
            step.What,
            fact.At.ToString(),
            step.Placed.Position,
            await names.OfAsync(fact.Actor, cancellation),
            fact.Actor.Certificate?.Value,
            await TextAsync(reason, cancellation));
    }

    // The name is checked against the request as it is kept, so that older records are shown with it as well.
    private async Task<bool?> IsNamedByKeyAsync(CsrObserved observed, CancellationToken cancellation)
    {
        if (!observed.Csr.Value.StartsWith(KubeletName, StringComparison.Ordinal)
            || await writer.Store.GetBlobAsync(observed.Request, cancellation) is not { } der)
        {
            return null;
        }

        return CsrExaminer.Examine(der.Span) is { Csr: { } examined }
            ? CsrNameCheck.Fits(observed.Csr.Value, examined)
            : null;
    }

    private async Task<string?> TextAsync(PrivateText? text, CancellationToken cancellation) =>
        text is null ? null : await names.TextAsync(text, cancellation);
}
