using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;
using Broker.Identity.Witness;
using Broker.Server.Tls;

namespace Broker.Server.Authentication;

/// <summary>
/// The one function that turns a connection's certificate into a caller. Asked for every request: time, record and
/// standing are looked up anew, and nothing is cached, so that a fence counts from the next request on.
/// </summary>
internal sealed class CallerResolver(IdentityIndex index, TimeProvider clock)
{
    internal (Caller? Caller, CallerRefusal? Refusal) Resolve(
        X509Certificate2 certificate, ExaminedConnection? examined)
    {
        if (examined is null)
        {
            return Refuse(ReasonCodes.NotExamined, "The connection's certificate never passed the TLS gate.");
        }

        var known = examined.Certificate;
        if (!certificate.RawDataMemory.Span.SequenceEqual(examined.Der.Span))
        {
            return Refuse(ReasonCodes.CertificateReplaced, "The request's certificate is not the connection's.");
        }

        var now = clock.GetUtcNow();
        if (now >= known.ValidUntil)
        {
            return (null, new CallerRefusal(
                ReasonCodes.Expired, $"The certificate or its CA ended at {known.ValidUntil:u}.", null, known));
        }

        if (!examined.AnchorsInForce().Holds(known.Anchor))
        {
            // Closes the race between a handshake and the removal of its anchor, which ends open connections.
            return (null, new CallerRefusal(
                ReasonCodes.Untrusted, "The CA of the certificate is trusted no more.", null, known));
        }

        if (known.Role != CallerRole.Node)
        {
            return (new Caller(known.Role, known.Name, null, null, known.Hash, known.IssuerKey, null, false), null);
        }

        var verdict = index.Resolve(known, now);
        return verdict.IsAccepted
            ? (new Caller(
                known.Role, known.Name, known.NodeName, verdict.NodeUid, known.Hash, known.IssuerKey,
                verdict.Standing, verdict.NeedsPromotion), null)
            : (null, new CallerRefusal(verdict.Refusal.Code, verdict.Refusal.Detail, verdict.Alarm, known));
    }

    private static (Caller? Caller, CallerRefusal? Refusal) Refuse(string code, string detail) =>
        (null, new CallerRefusal(code, detail, null, null));
}
