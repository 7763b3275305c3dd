using Broker.Identity.Reasons;
using Broker.Kubernetes.Csrs;

namespace Broker.Kubernetes.Witness;

/// <summary>
/// What the conditions say. The API server refuses new contradictions, but tolerates stored ones, and nothing in it
/// demands an approval before a certificate is written.
/// </summary>
internal static class ConditionRules
{
    public static (CsrOutcome Outcome, IdentityRefusal? Refusal) Read(ObservedCsr csr)
    {
        var approved = csr.Find("Approved") is not null;
        var denied = csr.Find("Denied") is not null;
        var failed = csr.Find("Failed") is not null;
        var signed = !csr.Certificate.IsEmpty;
        if (approved && denied)
        {
            return Contradicted(ReasonCodes.CsrContradictory, "The request is both approved and denied.");
        }

        if (signed && (denied || failed))
        {
            return Contradicted(
                ReasonCodes.CsrContradictory,
                $"The request is {(denied ? "denied" : "failed")} and has a certificate.");
        }

        if (signed && !approved)
        {
            return Contradicted(ReasonCodes.SignedWithoutApproval, "A certificate was written without an approval.");
        }

        if (denied)
        {
            return (CsrOutcome.Denied, new IdentityRefusal(ReasonCodes.CsrDenied, "The request was denied."));
        }

        if (failed)
        {
            return (CsrOutcome.Failed, new IdentityRefusal(ReasonCodes.CsrFailed, "The signer refused the request."));
        }

        return (signed ? CsrOutcome.Issued : CsrOutcome.Pending, null);
    }

    private static (CsrOutcome Outcome, IdentityRefusal? Refusal) Contradicted(string code, string detail) =>
        (CsrOutcome.Contradicted, new IdentityRefusal(code, detail));
}
