using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Der;

namespace Broker.Identity.Authorities;

/// <summary>Issues the broker's own serving certificates.</summary>
public static class ServerCertificateIssuer
{
    /// <summary>Makes a key (EC P-256) and its certificate for serverAuth.</summary>
    /// <param name="authority">The CA that callers trust.</param>
    /// <param name="dnsNames">Host names; the first one, if any, is also the common name.</param>
    /// <param name="addresses">IP addresses.</param>
    /// <param name="now">The time of issuance.</param>
    /// <param name="lifetime">Cut at the end of the CA.</param>
    /// <exception cref="ArgumentException">Neither a name nor an address is given.</exception>
    public static X509Certificate2 Issue(
        CertificateAuthority authority,
        IReadOnlyList<string> dnsNames,
        IReadOnlyList<IPAddress> addresses,
        DateTimeOffset now,
        TimeSpan lifetime)
    {
        if (dnsNames.Count + addresses.Count == 0)
        {
            throw new ArgumentException("A serving certificate needs a name or an address.", nameof(dnsNames));
        }

        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in dnsNames)
        {
            names.AddDnsName(name);
        }

        foreach (var address in addresses)
        {
            names.AddIpAddress(address);
        }

        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(dnsNames.Count > 0 ? dnsNames[0] : addresses[0].ToString());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var bare = LeafIssuer.Issue(
            authority,
            subject.Build(),
            new PublicKey(key),
            Oids.ServerAuth,
            names.Build(),
            LeafIssuer.Validity(authority, now, lifetime));
        return bare.CopyWithPrivateKey(key);
    }
}
