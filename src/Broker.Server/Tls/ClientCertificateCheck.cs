using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Certificates;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;
using Microsoft.AspNetCore.Connections;

namespace Broker.Server.Tls;

/// <summary>
/// The validation callback of one connection. It closes the connection on any error, and keeps what it saw for the
/// requests that follow: those check again, so that nothing rests on this callback alone.
/// </summary>
internal sealed class ClientCertificateCheck(
    ConnectionContext connection,
    CertificateExaminer examiner,
    Func<TrustAnchors> anchorsInForce,
    TlsGateSettings settings)
{
    internal bool Validate(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var refusal = Check(certificate as X509Certificate2, chain, errors);
        if (refusal is not null)
        {
            settings.Refused?.Invoke(refusal);
        }

        return refusal is null;
    }

    private IdentityRefusal? Check(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || chain is null)
        {
            return new IdentityRefusal(ReasonCodes.NoCertificate, "The client sent no certificate.");
        }

        // The extra store holds the configured intermediates first, then what the client sent.
        var store = chain.ChainPolicy.ExtraStore;
        var sent = new X509Certificate2Collection();
        foreach (var item in store.Skip(examiner.Anchors.Intermediates.Count))
        {
            if (!item.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span))
            {
                _ = sent.Add(item);
            }
        }

        var now = settings.Clock.GetUtcNow();
        var result = examiner.Examine(certificate, sent, now);
        if (!result.IsAccepted)
        {
            return result.Refusal;
        }

        if (errors != SslPolicyErrors.None && !IsWithinSkew(result.Certificate, errors, now))
        {
            return new IdentityRefusal(ReasonCodes.Path, $"The handshake refused the certificate ({errors}).");
        }

        connection.Features.Set(new ExaminedConnection(
            result.Certificate,
            examiner.Anchors.Purpose,
            certificate.RawData,
            [.. sent.Select(item => new ReadOnlyMemory<byte>(item.RawData))],
            anchorsInForce));
        return null;
    }

    /// <summary>The handshake knows no skew: it refuses what begins in seconds, the examination does not.</summary>
    private static bool IsWithinSkew(ExaminedCertificate certificate, SslPolicyErrors errors, DateTimeOffset now) =>
        errors == SslPolicyErrors.RemoteCertificateChainErrors && certificate.NotBefore > now;
}
