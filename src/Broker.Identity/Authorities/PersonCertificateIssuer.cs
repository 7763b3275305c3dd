using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Der;
using Broker.Identity.Profile;
using Broker.Identity.Trust;

namespace Broker.Identity.Authorities;

/// <summary>Issues certificates of operators and auditors from the people's CA.</summary>
public static class PersonCertificateIssuer
{
    /// <summary>Whether a person's name has the form that certificates may carry.</summary>
    public static bool IsName(string name) => SubjectRules.IsPersonName(name);

    /// <summary>Makes a key (EC P-256) and its certificate.</summary>
    /// <param name="authority">The people's CA.</param>
    /// <param name="role">Operator or auditor.</param>
    /// <param name="name">1 to 64 letters, digits and <c>. _ : @ + -</c>, beginning with a letter or digit.</param>
    /// <param name="now">The time of issuance.</param>
    /// <param name="lifetime">Cut at the end of the CA.</param>
    /// <exception cref="ArgumentException">The role is a node's, or the name has another form.</exception>
    public static X509Certificate2 Issue(
        CertificateAuthority authority, CallerRole role, string name, DateTimeOffset now, TimeSpan lifetime)
    {
        var organization = role switch
        {
            CallerRole.Operator => SubjectRules.OperatorsOrganization,
            CallerRole.Auditor => SubjectRules.AuditorsOrganization,
            _ => throw new ArgumentException("A person is an operator or an auditor.", nameof(role)),
        };
        if (!SubjectRules.IsPersonName(name))
        {
            throw new ArgumentException("A person's name has 1 to 64 letters, digits and . _ : @ + -", nameof(name));
        }

        var subject = new X500DistinguishedNameBuilder();
        subject.Add(new Oid(Oids.CommonName), name, UniversalTagNumber.UTF8String);
        subject.Add(new Oid(Oids.Organization), organization, UniversalTagNumber.UTF8String);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var bare = LeafIssuer.Issue(
            authority,
            subject.Build(),
            new PublicKey(key),
            Oids.ClientAuth,
            alternativeNames: null,
            LeafIssuer.Validity(authority, now, lifetime));
        IssuedCheck.Demand(bare, authority, AnchorPurpose.People, now, lifetime);
        return bare.CopyWithPrivateKey(key);
    }
}
