using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Csr;
using Broker.Identity.Der;
using Broker.Identity.Profile;
using Broker.Identity.Trust;

namespace Broker.Identity.Authorities;

/// <summary>
/// Signs an approved request with exactly the leaf profile of the Kubernetes signer, and lets the result out only after
/// the broker's own examination accepts it.
/// </summary>
public static class NodeCertificateSigner
{
    /// <summary>Issues the node's certificate, without a private key.</summary>
    /// <param name="csr">An examined request; whether it is approved is the caller's business.</param>
    /// <param name="authority">The nodes' CA.</param>
    /// <param name="now">The time of issuance.</param>
    /// <param name="lifetime">Cut at the end of the CA.</param>
    /// <exception cref="InvalidOperationException">
    /// The CA has ended, or the examination refuses what was signed: a fault of this program.
    /// </exception>
    public static X509Certificate2 Sign(
        ExaminedCsr csr, CertificateAuthority authority, DateTimeOffset now, TimeSpan lifetime)
    {
        // The builder writes the last part first: organization, then common name, as Go does.
        var name = new X500DistinguishedNameBuilder();
        name.Add(
            new Oid(Oids.CommonName), SubjectRules.NodePrefix + csr.NodeName, UniversalTagNumber.PrintableString);
        name.Add(new Oid(Oids.Organization), SubjectRules.NodesOrganization, UniversalTagNumber.PrintableString);
        var certificate = LeafIssuer.Issue(
            authority,
            name.Build(),
            PublicKey.CreateFromSubjectPublicKeyInfo(csr.Spki.Span, out _),
            Oids.ClientAuth,
            alternativeNames: null,
            LeafIssuer.Validity(authority, now, lifetime));
        IssuedCheck.Demand(certificate, authority, AnchorPurpose.Nodes, now, lifetime);
        return certificate;
    }
}
