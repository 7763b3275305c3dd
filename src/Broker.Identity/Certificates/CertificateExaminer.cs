using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Der;
using Broker.Identity.Paths;
using Broker.Identity.Profile;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;

namespace Broker.Identity.Certificates;

/// <summary>
/// Turns a presented certificate into a host identity or a named refusal: limits, form, path, profile, in this order.
/// Whatever the bytes are, the answer is a result; no exception leaves. Safe to share between threads.
/// </summary>
public sealed class CertificateExaminer(TrustAnchors anchors, ExaminerSettings settings)
{
    private readonly PathEngine path = new(anchors, settings);

    /// <summary>The anchors that a path must end in.</summary>
    public TrustAnchors Anchors => anchors;

    /// <summary>The limits that are applied.</summary>
    public ExaminerSettings Settings => settings;

    /// <summary>Examines a certificate as a TLS connection presents it.</summary>
    /// <param name="leaf">The caller's certificate.</param>
    /// <param name="extra">What the caller sent besides; configured intermediates are known already.</param>
    /// <param name="now">The time of the examination, of any offset.</param>
    public ExaminationResult Examine(X509Certificate2 leaf, X509Certificate2Collection extra, DateTimeOffset now)
    {
        try
        {
            return ExamineBounded(leaf, leaf.RawDataMemory, extra, now);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return Malformed(error);
        }
    }

    /// <summary>Examines the bytes of a certificate, as from a file or a CSR's status.</summary>
    /// <param name="leaf">DER, and nothing after it.</param>
    /// <param name="extra">DER of further certificates.</param>
    /// <param name="now">The time of the examination, of any offset.</param>
    public ExaminationResult ExamineDer(
        ReadOnlyMemory<byte> leaf, IReadOnlyList<ReadOnlyMemory<byte>> extra, DateTimeOffset now)
    {
        var loaded = new X509Certificate2Collection();
        try
        {
            if (CheckSizes(leaf, extra) is { } refusal)
            {
                return ExaminationResult.Refused(refusal);
            }

            _ = loaded.Add(X509CertificateLoader.LoadCertificate(leaf.Span));
            foreach (var item in extra)
            {
                _ = loaded.Add(X509CertificateLoader.LoadCertificate(item.Span));
            }

            return ExamineBounded(loaded[0], leaf, [.. loaded.Skip(1)], now);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return Malformed(error);
        }
        finally
        {
            foreach (var certificate in loaded)
            {
                certificate.Dispose();
            }
        }
    }

    private static ExaminationResult Malformed(Exception error) =>
        ExaminationResult.Refused(ReasonCodes.Malformed, $"The certificate cannot be read ({error.GetType().Name}).");

    private ExaminationResult ExamineBounded(
        X509Certificate2 leaf, ReadOnlyMemory<byte> der, X509Certificate2Collection extra, DateTimeOffset now)
    {
        if (CheckSizes(der, [.. extra.Select(item => item.RawDataMemory)]) is { } tooMuch)
        {
            return ExaminationResult.Refused(tooMuch);
        }

        if (HasTrailingBytes(der))
        {
            return ExaminationResult.Refused(ReasonCodes.Encoding, "Bytes follow the certificate.");
        }

        var parsed = DerCertificate.Read(der);
        var refusal = LeafRules.CheckForm(parsed, settings) ?? CheckExtraKeys(extra);
        if (refusal is not null)
        {
            return ExaminationResult.Refused(refusal);
        }

        var built = path.Build(leaf, parsed, extra, now);
        if (built.Refusal is not null && !built.LeafAtFault)
        {
            return ExaminationResult.Refused(built.Refusal);
        }

        // When the path failed on the leaf itself, the profile names the rule; the path's reason is the fallback.
        refusal = LeafRules.Check(parsed, now, settings) ?? built.Refusal;
        return refusal is null ? Identify(parsed, built.Issuers, der) : ExaminationResult.Refused(refusal);
    }

    private IdentityRefusal? CheckSizes(ReadOnlyMemory<byte> leaf, IReadOnlyList<ReadOnlyMemory<byte>> extra)
    {
        if (extra.Count > settings.ExtraCertificatesMax)
        {
            return new(ReasonCodes.TooManyCerts, $"{extra.Count} certificates were sent besides the leaf.");
        }

        return leaf.Length > settings.CertificateBytesMax
            || extra.Any(item => item.Length > settings.CertificateBytesMax)
                ? new(ReasonCodes.TooLarge, $"A certificate has more than {settings.CertificateBytesMax} bytes.")
                : null;
    }

    /// <summary>A sent intermediate with a huge key must not get as far as verifying with it.</summary>
    private IdentityRefusal? CheckExtraKeys(X509Certificate2Collection extra)
    {
        foreach (var item in extra)
        {
            var refusal = KeyRules.Check(DerCertificate.Read(item.RawDataMemory).Spki, settings);
            if (refusal is { Code: ReasonCodes.KeyTooLarge or ReasonCodes.CurveExplicit })
            {
                return refusal;
            }
        }

        return null;
    }

    private ExaminationResult Identify(
        DerCertificate leaf, IReadOnlyList<DerCertificate> issuers, ReadOnlyMemory<byte> der)
    {
        var subject = SubjectRules.Read(leaf.Subject, anchors.Purpose, namesOnly: false);
        if (subject.Refusal is not null)
        {
            return ExaminationResult.Refused(subject.Refusal);
        }

        return ExaminationResult.Of(new ExaminedCertificate(
            subject.Role,
            subject.Name,
            subject.NodeName,
            subject.Uid,
            KeyHashes.OfCertificate(der.Span),
            KeyHashes.OfSpki(leaf.Spki.Span),
            leaf.SerialHex,
            KeyHashes.OfSpki(issuers[0].Spki.Span),
            KeyHashes.OfSpki(issuers[^1].Spki.Span),
            leaf.NotBefore,
            leaf.NotAfter,
            issuers.Select(issuer => issuer.NotAfter).Append(leaf.NotAfter).Min()));
    }

    private static bool HasTrailingBytes(ReadOnlyMemory<byte> der)
    {
        _ = AsnDecoder.ReadEncodedValue(der.Span, AsnEncodingRules.DER, out _, out _, out var consumed);
        return consumed != der.Length;
    }
}
