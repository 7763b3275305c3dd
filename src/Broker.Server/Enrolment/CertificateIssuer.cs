using System.Security.Cryptography.X509Certificates;
using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Time;
using Broker.Core.Views;
using Broker.Identity.Authorities;
using Broker.Identity.Csr;
using Broker.Journal.Writing;
using Broker.Server.Api;
using Broker.Server.Hosting;
using Broker.Server.Options;

namespace Broker.Server.Enrolment;

/// <summary>
/// Signs what was durably approved and records the certificate before anybody gets it. A crash in between leaves an
/// approved request; its next poll is signed anew, and the lost certificate, never witnessed, is good for nothing.
/// </summary>
internal sealed class CertificateIssuer(
    LedgerWriter writer, LiveKeys keys, EnrolmentOptions options, TimeProvider time)
{
    public async Task<Outcome<CertificateView>> IssueAsync(
        CsrName csr, ExaminedCsr examined, CancellationToken cancellation)
    {
        var authority = keys.Current.NodeCa ?? throw new ApiProblemException(
            "cluster_enrolment", "The nodes' certificates are the cluster's to issue.");
        var lifetime = TimeSpan.FromSeconds(options.CertificateTtlSeconds);
        using var certificate = NodeCertificateSigner.Sign(examined, authority, time.GetUtcNow(), lifetime);
        var blob = await writer.Store.PutBlobAsync(certificate.RawDataMemory, cancellation);
        var command = new WitnessCertificate(
            CertificateHash.Parse(blob.Value),
            csr,
            NodeUid.Parse(Guid.NewGuid().ToString()),
            examined.Key,
            SerialOf(certificate),
            authority.IssuerKey,
            Instant.From(certificate.NotBefore.ToUniversalTime()),
            Instant.From(certificate.NotAfter.ToUniversalTime()));
        return await writer.SubmitAsync(command, cancellation);
    }

    /// <summary>The PEM of a certificate that was issued.</summary>
    /// <exception cref="InvalidDataException">The blob is gone: the data folder is damaged.</exception>
    public async Task<string> ReadPemAsync(CertificateHash certificate, CancellationToken cancellation)
    {
        var der = await writer.Store.GetBlobAsync(BlobHash.Parse(certificate.Value), cancellation)
            ?? throw new InvalidDataException($"The blob of certificate {certificate} is missing.");
        using var loaded = X509CertificateLoader.LoadCertificate(der.Span);
        return loaded.ExportCertificatePem() + "\n";
    }

    // As the examiner writes serials: whole bytes, no leading zero byte.
    private static string SerialOf(X509Certificate2 certificate)
    {
        var bytes = certificate.SerialNumberBytes.Span;
        return Convert.ToHexStringLower(bytes.TrimStart((byte)0));
    }
}
