using System.Text;
using Broker.Contracts.Csrs;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Time;
using Broker.Core.Views;
using Broker.Identity.Csr;
using Broker.Journal.Writing;
using Broker.Server.Api;
using Broker.Server.Hosting;
using Broker.Server.Options;

namespace Broker.Server.Enrolment;

/// <summary>
/// The embedded CSR flow: filed, pending, approved or denied by rule or operator, signed, witnessed. One request at a
/// time passes through, which is plenty for enrolment and leaves no races between decision, signature and record.
/// </summary>
internal sealed class CsrFlow(
    LedgerWriter writer, CertificateIssuer issuer, PendingCsrs pending, LiveKeys keys, EnrolmentOptions options,
    CsrGate gate, TimeProvider time)
{
    /// <summary>The signer's name, in the form of <c>spec.signerName</c>.</summary>
    public const string SignerName = "broker/embedded-node-client";

    /// <summary>
    /// New certificates that a node may ask for by itself within an hour; a kubelet files a handful in one rotation.
    /// </summary>
    public const int RenewalsPerHourMax = 16;

    /// <summary>Alarms about requests for one name within an hour.</summary>
    public const int AlarmsPerHourMax = 16;

    private const string RuleToken = "bootstrap-token";
    private const string RuleRenewal = "renewal";
    private readonly HourlyLimit _renewals = new(time, RenewalsPerHourMax);
    private readonly HourlyLimit _alarms = new(time, AlarmsPerHourMax);

    /// <summary>A machine with a bootstrap token files a request, or asks how it stands.</summary>
    public async Task<Outcome<EnrolResponse>> FileAsync(
        BootstrapToken token, string pem, CancellationToken cancellation)
    {
        var view = await writer.ReadAsync(queries => queries.Token(token.Id), cancellation);
        if (TokenRules.CheckToken(view, token, Instant.From(time.GetUtcNow())) is { } refused)
        {
            return Outcome<EnrolResponse>.Refused(refused);
        }

        // Only now: who has no token is not to have requests parsed and signatures verified.
        var examined = Examine(pem);
        if (TokenRules.CheckNode(view!, examined.NodeName) is { } refusal)
        {
            return Outcome<EnrolResponse>.Refused(refusal);
        }

        var requester = $"system:bootstrap:{token.Id}";
        return await RunAsync(
            new Filing(examined, requester, RuleToken, token.Id, null, view!.Nodes.Count == 0), cancellation);
    }

    /// <summary>A node with a live certificate files a request for a further one, or asks how it stands.</summary>
    public async Task<Outcome<EnrolResponse>> RenewAsync(NodeCaller caller, string pem, CancellationToken cancellation)
    {
        var examined = Examine(pem);
        if (examined.NodeName != caller.Name)
        {
            await AlarmAsync(
                new RaiseAlarm(caller.Actor, AlarmKind.SubjectMismatch, caller.Name, caller.Certificate, examined.Key));
            return Outcome<EnrolResponse>.Refused(new Refusal(
                RefusalCode.SubjectMismatch, $"csr: asks for '{examined.NodeName}', the caller is '{caller.Name}'."));
        }

        var requester = $"system:node:{caller.Name}";
        return await RunAsync(
            new Filing(examined, requester, RuleRenewal, null, caller.Certificate, false), cancellation);
    }

    /// <summary>An operator decides a pending request; an approved one is signed at once.</summary>
    public Task<Outcome<CsrView>> DecideAsync(OperatorDecision decision, CancellationToken cancellation) =>
        gate.RunAsync(isOperator: true, () => DecidePendingAsync(decision, cancellation), cancellation);

    /// <summary>
    /// What would become of an operator's decision now; nothing is stored, signed or taken off the list. An approved
    /// request is answered as approved: what its certificate would be, nobody knows before it is signed.
    /// </summary>
    public async Task<Outcome<CsrView>> TryDecideAsync(OperatorDecision decision, CancellationToken cancellation)
    {
        var waiting = pending.Find(decision.Csr);
        return await CheckPendingAsync(decision, waiting, cancellation) is { } refusal
            ? Outcome<CsrView>.Refused(refusal)
            : await writer.TryAsync(CommandOf(decision, waiting!), cancellation);
    }

    private static DecideCsr CommandOf(OperatorDecision decision, PendingCsr waiting) =>
        new(decision.Operator, waiting.Request, decision.Approve, Rule: null, decision.Reason);

    private async Task<Refusal?> CheckPendingAsync(
        OperatorDecision decision, PendingCsr? waiting, CancellationToken cancellation)
    {
        if (waiting is null)
        {
            return await NotPendingAsync(decision.Csr, cancellation);
        }

        return decision.SeenKey is { } seen && seen != waiting.Request.Key
            ? new Refusal(RefusalCode.Conflict, $"seenKey: the request's key is {waiting.Request.Key}, not {seen}.")
            : null;
    }

    private async Task<Outcome<CsrView>> DecidePendingAsync(
        OperatorDecision decision, CancellationToken cancellation)
    {
        var found = pending.Find(decision.Csr);
        if (await CheckPendingAsync(decision, found, cancellation) is { } no)
        {
            return Outcome<CsrView>.Refused(no);
        }

        var waiting = found!;
        _ = await writer.Store.PutBlobAsync(waiting.Examined.Der, cancellation); // Its hash stands in the request.
        var decided = await writer.SubmitAsync(CommandOf(decision, waiting), cancellation);
        if (decided.Refusal is not null)
        {
            return decided;
        }

        pending.Remove(decision.Csr);
        if (!decision.Approve)
        {
            return decided;
        }

        var issued = await issuer.IssueAsync(decision.Csr, waiting.Examined, cancellation);
        return issued.Refusal is { } refusal
            ? Outcome<CsrView>.Refused(refusal)
            : Outcome<CsrView>.Of((await FindAsync(decision.Csr, cancellation))!);
    }

    private static ExaminedCsr Examine(string pem)
    {
        var result = CsrExaminer.Examine(Encoding.UTF8.GetBytes(pem));
        return result.IsAccepted
            ? result.Csr
            : throw new ApiProblemException(
                result.Refusal.Code, $"csr: {result.Refusal.Detail}", StatusCodes.Status422UnprocessableEntity);
    }

    private Task<Outcome<EnrolResponse>> RunAsync(Filing filing, CancellationToken cancellation) =>
        gate.RunAsync(isOperator: false, () => FileAsync(filing, cancellation), cancellation);

    private async Task<Outcome<EnrolResponse>> FileAsync(Filing filing, CancellationToken cancellation)
    {
        var examined = filing.Examined;
        if (await FindAsync(examined.SuggestedName, cancellation) is { } known)
        {
            return await AnswerKnownAsync(known, examined, cancellation);
        }

        if (pending.Find(examined.SuggestedName) is { } waiting)
        {
            return Outcome<EnrolResponse>.Of(Pending(waiting));
        }

        var request = new CsrRequest(
            examined.SuggestedName,
            Guid.NewGuid().ToString(),
            SignerName,
            filing.Requester,
            examined.NodeName,
            examined.Key,
            examined.Blob,
            filing.Token,
            filing.RenewedFrom);
        return await DecideByRuleAsync(request, filing, cancellation);
    }

    private async Task<Outcome<EnrolResponse>> DecideByRuleAsync(
        CsrRequest request, Filing filing, CancellationToken cancellation)
    {
        if (filing.Rule == RuleToken && options.Approve == "operator")
        {
            return Hold(request, filing, "approval_by_operator");
        }

        // Tried first: what is refused or held must leave nothing in the store, whose blobs stay for good.
        var decide = new DecideCsr(Actor.Broker, request, Approve: true, filing.Rule, Reason: null);
        var trial = await writer.TryAsync(decide, cancellation);
        if (trial.Refusal is { } no)
        {
            return await RefuseAsync(request, filing, no);
        }

        if (filing.RenewedFrom is not null && !_renewals.TryTake(request.Node))
        {
            throw new ApiProblemException(
                "rate_limited",
                $"'{request.Node}' asked for {RenewalsPerHourMax} new certificates within an hour.");
        }

        _ = await writer.Store.PutBlobAsync(filing.Examined.Der, cancellation); // Its hash stands in the request.
        var decided = await writer.SubmitAsync(decide, cancellation);
        return decided.Refusal is { } refusal
            ? await RefuseAsync(request, filing, refusal)
            : await IssueAsync(request.Csr, filing.Examined, cancellation);
    }

    private async Task<Outcome<EnrolResponse>> RefuseAsync(CsrRequest request, Filing filing, Refusal refusal)
    {
        AlarmKind? alarm = refusal.Code switch
        {
            RefusalCode.NameTakeover => AlarmKind.NameTakeover,
            RefusalCode.KeyReuse => AlarmKind.KeyReuse,
            _ => null,
        };
        if (alarm is { } kind)
        {
            await AlarmAsync(new RaiseAlarm(Actor.Broker, kind, request.Node, null, request.Key));
        }

        return refusal.Code == RefusalCode.NameTakeover
            ? Hold(request, filing, "name_takeover")
            : Outcome<EnrolResponse>.Refused(refusal);
    }

    private Outcome<EnrolResponse> Hold(CsrRequest request, Filing filing, string hold)
    {
        var waiting = new PendingCsr(request, filing.Examined, hold, 0);
        return pending.TryAdd(waiting, filing.TokenIsForOneUse)
            ? Outcome<EnrolResponse>.Of(Pending(waiting))
            : Outcome<EnrolResponse>.Refused(new Refusal(
                RefusalCode.LedgerLimit, $"{options.PendingMax} requests wait for an operator already."));
    }

    private async Task<Outcome<EnrolResponse>> AnswerKnownAsync(
        CsrView known, ExaminedCsr examined, CancellationToken cancellation) => known.Decision switch
        {
            CsrDecision.Denied => Outcome<EnrolResponse>.Of(
                new EnrolResponse(known.Csr.Value, "denied", "Make a new key to ask again.", null, null)),
            CsrDecision.Issued => await AnswerIssuedAsync(known, cancellation),
            _ => await IssueAsync(known.Csr, examined, cancellation),
        };

    // The name of a request follows from its key: who "renews" with the same key would get the old certificate again.
    private async Task<Outcome<EnrolResponse>> AnswerIssuedAsync(CsrView known, CancellationToken cancellation)
    {
        var hash = known.Certificate!.Value;
        var view = await writer.ReadAsync(queries => queries.Certificate(hash), cancellation);
        return view is { Slot: not CertificateSlot.Retired } && view.NotAfter > Instant.From(time.GetUtcNow())
            ? Outcome<EnrolResponse>.Of(await IssuedAsync(known.Csr, hash, cancellation))
            : Outcome<EnrolResponse>.Refused(new Refusal(
                RefusalCode.CsrDecided, "csr: the certificate of this key was retired or has expired."));
    }

    private async Task<Outcome<EnrolResponse>> IssueAsync(
        CsrName csr, ExaminedCsr examined, CancellationToken cancellation)
    {
        var issued = await issuer.IssueAsync(csr, examined, cancellation);
        return issued.Refusal is { } refusal
            ? Outcome<EnrolResponse>.Refused(refusal)
            : Outcome<EnrolResponse>.Of(await IssuedAsync(csr, issued.Answer!.Certificate, cancellation));
    }

    private async Task<EnrolResponse> IssuedAsync(
        CsrName csr, CertificateHash certificate, CancellationToken cancellation) =>
        new(csr.Value, "issued", null, await issuer.ReadPemAsync(certificate, cancellation), keys.Current.BrokerCa.Pem);

    private static EnrolResponse Pending(PendingCsr waiting) => new(
        waiting.Request.Csr.Value,
        "pending",
        $"{waiting.Hold}: waits for an operator: POST /v1/csrs/{waiting.Request.Csr}/approve",
        null,
        null);

    private async Task<Refusal> NotPendingAsync(CsrName csr, CancellationToken cancellation) =>
        await FindAsync(csr, cancellation) is { } known
            ? new Refusal(RefusalCode.CsrDecided, $"name: '{csr}' is {WireWords.Of(known.Decision)}.")
            : new Refusal(RefusalCode.CsrUnknown, $"name: '{csr}'.");

    private Task<CsrView?> FindAsync(CsrName csr, CancellationToken cancellation) =>
        writer.ReadAsync(queries => queries.Csr(csr), cancellation);

    // Takes no cancellation: who is refused must not be able to keep the alarm away by breaking off the request.
    private async Task AlarmAsync(RaiseAlarm alarm)
    {
        if (_alarms.TryTake(alarm.Node))
        {
            _ = await writer.SubmitAsync(alarm, CancellationToken.None); // A refusal of it has nobody to be told.
        }
    }
}
