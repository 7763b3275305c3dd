using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using Broker.Core.Names;
using Broker.Identity.Certificates;
using Broker.Identity.Der;
using Broker.Identity.Profile;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;
using Org.BouncyCastle.Pkcs;

namespace Broker.Identity.Csr;

/// <summary>
/// Turns the bytes of a signing request into a node's request or a named refusal: size, PEM, DER, subject, key, proof
/// of possession, in this order. Requested extensions are dropped, as the Kubernetes signer drops them; alternative
/// names are refused, as it refuses them. No exception leaves. Safe to share between threads.
/// </summary>
public static class CsrExaminer
{
    /// <summary>Largest request, PEM or DER, in bytes; checked before parsing.</summary>
    public const int RequestBytesMax = 16 * 1024;

    private const string Label = "CERTIFICATE REQUEST";

    /// <summary>
    /// Examines a request. Of several PEM blocks the first is the request; the others (such as attestation data) are
    /// not looked at.
    /// </summary>
    public static CsrExamination Examine(ReadOnlySpan<byte> pemOrDer)
    {
        if (pemOrDer.Length > RequestBytesMax)
        {
            return CsrExamination.Refused(
                ReasonCodes.TooLarge, $"A request has at most {RequestBytesMax} bytes.");
        }

        try
        {
            return Decode(pemOrDer) is { } der
                ? ExamineDer(der)
                : CsrExamination.Refused(ReasonCodes.Pem, $"The first PEM block is not a good {Label}.");
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return CsrExamination.Refused(
                ReasonCodes.Malformed, $"The request cannot be read ({error.GetType().Name}).");
        }
    }

    private static byte[]? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0 && bytes[0] == 0x30)
        {
            return bytes.ToArray();
        }

        var text = Encoding.Latin1.GetString(bytes);

        // The finder steps over blocks that it cannot read, and so would not see the first block that others see.
        var first = text.IndexOf("-----BEGIN", StringComparison.Ordinal);
        return PemEncoding.TryFind(text, out var fields)
            && fields.Location.Start.Value == first
            && text[fields.Label] == Label
                ? Convert.FromBase64String(text[fields.Base64Data])
                : null;
    }

    private static CsrExamination ExamineDer(byte[] der)
    {
        _ = AsnDecoder.ReadEncodedValue(der, AsnEncodingRules.DER, out _, out _, out var consumed);
        if (consumed != der.Length)
        {
            return CsrExamination.Refused(ReasonCodes.Encoding, "Bytes follow the request.");
        }

        var request = DerRequest.Read(der);
        var subject = SubjectRules.Read(request.Subject, AnchorPurpose.Nodes, namesOnly: true);
        var refusal = subject.Refusal
            ?? CheckExtensions(request.Extensions)
            ?? KeyRules.Check(request.Spki, ExaminerSettings.Default)
            ?? SignatureRules.Check(request.Algorithm);
        if (refusal is not null)
        {
            return CsrExamination.Refused(refusal);
        }

        if (!new Pkcs10CertificationRequest(der).Verify())
        {
            return CsrExamination.Refused(ReasonCodes.Pop, "The request is not signed with its own key.");
        }

        var isRsa = IsRsa(request.Spki);
        return CsrExamination.Of(new ExaminedCsr(
            subject.NodeName!.Value,
            KeyHashes.OfSpki(request.Spki.Span),
            der,
            BlobHash.Parse(Convert.ToHexStringLower(SHA256.HashData(der))),
            request.Spki,
            isRsa,
            CsrNames.Digest(
                request.Spki.Span,
                SubjectRules.NodePrefix + subject.Name,
                [SubjectRules.NodesOrganization],
                CsrNames.KubeletUsages(isRsa))));
    }

    private static IdentityRefusal? CheckExtensions(IReadOnlyList<DerExtension> extensions) =>
        extensions.Any(extension => extension.Oid == Oids.SubjectAltName)
            ? new IdentityRefusal(ReasonCodes.SanForbidden, "A node's client request has no alternative names.")
            : null;

    private static bool IsRsa(ReadOnlyMemory<byte> spki) =>
        new AsnReader(spki, AsnEncodingRules.DER).ReadSequence().ReadSequence().ReadObjectIdentifier() == Oids.Rsa;
}
