using System.Formats.Asn1;
using System.Numerics;
using Broker.Identity.Certificates;
using Broker.Identity.Der;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;

namespace Broker.Identity.Profile;

/// <summary>
/// Which public keys count: RSA 2048 to 8192 bits, and P-256, P-384, P-521 by name. Run before any signature is
/// verified, so that a huge key costs nothing. Sources: RFC 5480, RFC 8017 appendix A.1.
/// </summary>
internal static class KeyRules
{
    /// <summary>Names the fault of a SubjectPublicKeyInfo; null when good.</summary>
    internal static IdentityRefusal? Check(ReadOnlyMemory<byte> spki, ExaminerSettings settings)
    {
        var reader = new AsnReader(spki, AsnEncodingRules.DER);
        var outer = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        var algorithm = outer.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        var key = outer.ReadBitString(out var unusedBits);
        outer.ThrowIfNotEmpty();
        if (unusedBits != 0)
        {
            throw new AsnContentException("A public key is whole bytes.");
        }

        var refusal = oid switch
        {
            Oids.Rsa => CheckRsa(algorithm, key, settings),
            Oids.EcPublicKey => CheckEc(algorithm, key),
            _ when Oids.IsFutureKey(oid) => new(ReasonCodes.UnsupportedAlg, $"Keys of {oid} are not supported yet."),
            _ => new IdentityRefusal(ReasonCodes.Algorithm, $"Keys of {oid} are not allowed."),
        };
        return refusal ?? CheckDenied(spki, settings);
    }

    private static IdentityRefusal? CheckDenied(ReadOnlyMemory<byte> spki, ExaminerSettings settings) =>
        settings.DeniedKeys.Count > 0 && settings.DeniedKeys.Contains(KeyHashes.OfSpki(spki.Span))
            ? new IdentityRefusal(ReasonCodes.DeniedKey, "The key is on the list of denied keys.")
            : null;

    private static IdentityRefusal? CheckRsa(AsnReader algorithm, ReadOnlyMemory<byte> key, ExaminerSettings settings)
    {
        algorithm.ReadNull();
        algorithm.ThrowIfNotEmpty();
        var reader = new AsnReader(key, AsnEncodingRules.DER);
        var sequence = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        var modulusBytes = sequence.ReadIntegerBytes();
        if (modulusBytes.Length > (settings.RsaBitsMax / 8) + 1)
        {
            return new(ReasonCodes.KeyTooLarge, $"RSA keys have at most {settings.RsaBitsMax} bits.");
        }

        var modulus = new BigInteger(modulusBytes.Span, isUnsigned: false, isBigEndian: true);
        var exponentBytes = sequence.ReadIntegerBytes();
        sequence.ThrowIfNotEmpty();
        var bits = modulus.Sign > 0 ? modulus.GetBitLength() : 0;
        if (bits > settings.RsaBitsMax)
        {
            return new(ReasonCodes.KeyTooLarge, $"The RSA key has {bits} bits, {settings.RsaBitsMax} are allowed.");
        }

        if (bits < settings.RsaBitsMin || bits % 8 != 0 || modulus.IsEven)
        {
            return new(ReasonCodes.WeakKey, $"The RSA modulus has {bits} bits or is even.");
        }

        // An exponent of more than 64 bits is of no use to anybody but the one who wants verifying to be slow.
        var exponent = new BigInteger(exponentBytes.Span, isUnsigned: false, isBigEndian: true);
        return exponent < 3 || exponent.IsEven || exponentBytes.Length > 8
            ? new(ReasonCodes.WeakKey, "The RSA exponent is below 3, even, or over 64 bits.")
            : null;
    }

    private static IdentityRefusal? CheckEc(AsnReader algorithm, ReadOnlyMemory<byte> key)
    {
        if (algorithm.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            return new(ReasonCodes.CurveExplicit, "The curve is given by its parameters instead of its name.");
        }

        var curve = algorithm.ReadObjectIdentifier();
        algorithm.ThrowIfNotEmpty();
        var fieldBytes = curve switch
        {
            Oids.P256 => 32,
            Oids.P384 => 48,
            Oids.P521 => 66,
            _ => 0,
        };
        if (fieldBytes == 0)
        {
            return new(ReasonCodes.Curve, $"The curve {curve} is not allowed.");
        }

        return key.Length != (2 * fieldBytes) + 1 || key.Span[0] != 4
            ? new(ReasonCodes.Curve, "The point is not in uncompressed form.")
            : null;
    }
}
