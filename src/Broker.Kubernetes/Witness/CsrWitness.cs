using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Certificates;
using Broker.Identity.Csr;
using Broker.Identity.Reasons;
using Broker.Kubernetes.Csrs;

namespace Broker.Kubernetes.Witness;

/// <summary>
/// Judges one CSR by itself, link by link: signer, request with proof of possession, conditions, requester, usages,
/// certificate. Pure: what depends on other nodes and certificates (custody, name takeover, key reuse) is decided with
/// the ledger's state. <c>examiner</c> is
/// asked each time, because trust anchors are replaced while the broker serves. Safe to share between threads.
/// </summary>
public sealed class CsrWitness(Func<CertificateExaminer> examiner, WitnessSettings settings)
{
    /// <summary>Judges a CSR as it was seen at <paramref name="now"/>.</summary>
    public CsrVerdict Judge(ObservedCsr csr, DateTimeOffset now)
    {
        if (!settings.Signers.Contains(csr.Signer))
        {
            return Of(CsrOutcome.Ignored, new IdentityRefusal(
                ReasonCodes.SignerMismatch, $"The signer is '{csr.Signer}'."));
        }

        var examined = CsrExaminer.Examine(csr.Request.Span);
        if (!examined.IsAccepted)
        {
            // Without a good request there is no node to record it for; a certificate of it stays unwitnessed.
            return Of(CsrOutcome.Ignored, examined.Refusal);
        }

        var verdict = new CsrVerdict
        {
            Outcome = CsrOutcome.Pending,
            Request = examined.Csr,
            Custody = Custody.Of(csr.Requester.Extra),
            Bound = BoundNode.Of(csr.Requester.Extra),
            Approval = csr.Find("Approved")?.Reason,
            BearsItsName = CsrNameCheck.Fits(csr.Name, examined.Csr),
            ExtraBlocks = [.. PemBlocks.Read(csr.Request).Skip(1)],
        };
        var (outcome, refusal) = ConditionRules.Read(csr);
        return outcome == CsrOutcome.Issued
            ? JudgeIssued(csr, verdict, now)
            : verdict with { Outcome = outcome, Refusal = refusal };
    }

    private static CsrVerdict Of(CsrOutcome outcome, IdentityRefusal refusal) =>
        new() { Outcome = outcome, Refusal = refusal };

    private static CsrVerdict Contradict(CsrVerdict verdict, IdentityRefusal refusal) =>
        verdict with { Outcome = CsrOutcome.Contradicted, Refusal = refusal };

    private CsrVerdict JudgeIssued(ObservedCsr csr, CsrVerdict verdict, DateTimeOffset now)
    {
        var (kind, refusal) = RequesterRules.Check(csr.Requester, verdict.Request!.NodeName, settings);
        refusal ??= UsageRules.CheckRequested(csr.Usages);
        if (refusal is not null)
        {
            return Contradict(verdict, refusal);
        }

        if (PemBlocks.Certificates(csr.Certificate) is not { } certificates)
        {
            return Contradict(verdict, new IdentityRefusal(
                ReasonCodes.Pem, "The status holds something else than certificates."));
        }

        var examination = examiner().ExamineDer(certificates[0], [.. certificates.Skip(1)], now);
        if (!examination.IsAccepted)
        {
            // One that has run out meanwhile says nothing against anybody.
            return examination.Refusal.Code == ReasonCodes.Expired
                ? verdict with { Outcome = CsrOutcome.Ignored, Refusal = examination.Refusal }
                : Contradict(verdict, examination.Refusal);
        }

        using var certificate = X509CertificateLoader.LoadCertificate(certificates[0].Span);
        return IssuedRules.Check(csr, verdict.Request, examination.Certificate, certificate) is { } substituted
            ? Contradict(verdict, substituted)
            : verdict with
            {
                Outcome = CsrOutcome.Issued,
                Requester = kind,
                Certificate = examination.Certificate,
                CertificateDer = certificates[0],
                Hold = HoldOf(csr, verdict, kind, examination.Certificate),
            };
    }

    private static IdentityRefusal? HoldOf(
        ObservedCsr csr, CsrVerdict verdict, RequesterKind kind, ExaminedCertificate certificate)
    {
        if (kind == RequesterKind.Node && verdict.Custody is { IsNamed: true, Certificate: null })
        {
            return new IdentityRefusal(
                ReasonCodes.CustodyBroken, "The node's credential id does not name one certificate.");
        }

        return IssuedRules.IsTooLong(csr, certificate)
            ? new IdentityRefusal(
                ReasonCodes.SignerIgnoredLifetime,
                $"Asked for were {csr.ExpirationSeconds} seconds, given until {certificate.NotAfter:u}.")
            : null;
    }
}
