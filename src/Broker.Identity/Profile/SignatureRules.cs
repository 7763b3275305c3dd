using System.Formats.Asn1;
using Broker.Identity.Der;
using Broker.Identity.Reasons;

namespace Broker.Identity.Profile;

/// <summary>Which signature algorithms count. Source: RFC 5280 section 4.1.1.2, RFC 8017 appendix A.2.3.</summary>
internal static class SignatureRules
{
    /// <summary>Refuses SHA-1 and older, and what is not known; null when good.</summary>
    internal static IdentityRefusal? Check(ReadOnlyMemory<byte> algorithm)
    {
        var reader = new AsnReader(algorithm, AsnEncodingRules.DER);
        var sequence = reader.ReadSequence();
        var oid = sequence.ReadObjectIdentifier();
        if (oid == Oids.RsaPss)
        {
            return CheckPss(sequence);
        }

        if (Oids.IsGoodSignature(oid))
        {
            return null;
        }

        return Oids.IsWeakSignature(oid)
            ? new IdentityRefusal(ReasonCodes.WeakHash, $"The signature algorithm {oid} uses a broken hash.")
            : new IdentityRefusal(ReasonCodes.UnsupportedAlg, $"The signature algorithm {oid} is not supported.");
    }

    /// <summary>The hash of RSASSA-PSS stands in tag 0; left out it is SHA-1.</summary>
    private static IdentityRefusal? CheckPss(AsnReader algorithm)
    {
        var weak = new IdentityRefusal(ReasonCodes.WeakHash, "RSASSA-PSS without SHA-256 or better.");
        var tag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        if (!algorithm.HasData)
        {
            return weak;
        }

        var parameters = algorithm.ReadSequence();
        if (!parameters.HasData || parameters.PeekTag() != tag)
        {
            return weak;
        }

        var hash = parameters.ReadSequence(tag).ReadSequence().ReadObjectIdentifier();
        return hash is Oids.Sha256 or Oids.Sha384 or Oids.Sha512 ? null : weak;
    }
}
