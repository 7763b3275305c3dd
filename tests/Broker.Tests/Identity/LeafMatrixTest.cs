using Broker.Identity.Reasons;
using Broker.Testing.Pki;
using Xunit;

namespace Broker.Tests.Identity;

/// <summary>The leaf's profile: rows B of the matrix. B19 is in IdentityIndexTest.</summary>
public sealed class LeafMatrixTest
{
    private static readonly Dictionary<string, (string? Code, Action<CertificateDraft> Change)> Rows = new()
    {
        ["B01 current kubelet"] = (null, _ => { }
        ),
        ["B02 RSA with keyEncipherment"] = (null, draft =>
        {
            draft.Spki = TestKey.Rsa().Spki;
            draft.With(RawExtension.KeyUsage, RawExtension.Usage(true, 0, 2));
        }
        ),
        ["B02 EC with keyEncipherment"] = (
            null, draft => draft.With(RawExtension.KeyUsage, RawExtension.Usage(true, 0, 2))),
        ["B03 no EKU"] = (ReasonCodes.EkuMissing, draft => draft.Without(RawExtension.ExtendedKeyUsage)),
        ["B04 serverAuth only"] = (ReasonCodes.Eku, Eku(RawExtension.ServerAuth)),
        ["B05 anyExtendedKeyUsage only"] = (ReasonCodes.EkuAny, Eku("2.5.29.37.0")),
        ["B06 clientAuth and serverAuth"] = (
            ReasonCodes.EkuExtra, Eku(RawExtension.ClientAuth, RawExtension.ServerAuth)),
        ["B07 EKU critical"] = (null, draft => draft.With(
            RawExtension.ExtendedKeyUsage, RawExtension.ExtendedUsage(true, RawExtension.ClientAuth))),
        ["B08 no KU"] = (ReasonCodes.KuMissing, draft => draft.Without(RawExtension.KeyUsage)),
        ["B08 KU not critical"] = (
            ReasonCodes.ExtNotCritical, draft => draft.With(RawExtension.KeyUsage, RawExtension.Usage(false, 0))),
        ["B09 keyEncipherment only"] = (ReasonCodes.KuNoSignature, Ku(2)),
        ["B10 keyCertSign"] = (ReasonCodes.KuCa, Ku(0, 5)),
        ["B10 cRLSign"] = (ReasonCodes.KuCa, Ku(0, 6)),
        ["B10 dataEncipherment"] = (ReasonCodes.KuExtra, Ku(0, 3)),
        ["B11 CA:true"] = (ReasonCodes.LeafIsCa, Bc(RawExtension.Constraints(true))),
        ["B12 no basic constraints"] = (
            ReasonCodes.BcMissing, draft => draft.Without(RawExtension.BasicConstraints)),
        ["B12 basic constraints not critical"] = (
            ReasonCodes.ExtNotCritical, Bc(RawExtension.Constraints(false, critical: false))),
        ["B13 path length on a leaf"] = (ReasonCodes.LeafPathLen, Bc(RawExtension.Constraints(false, 0))),
        ["B14 AIA"] = (
            ReasonCodes.ExtNotAllowed, Add("1.3.6.1.5.5.7.1.1", RawExtension.IssuerUrl("http://127.0.0.1:9/"))),
        ["B14 CDP"] = (ReasonCodes.ExtNotAllowed, Add("2.5.29.31", RawExtension.CrlUrl("http://127.0.0.1:9/"))),
        ["B14 policies"] = (ReasonCodes.ExtNotAllowed, Add("2.5.29.32", RawExtension.Of(
            "2.5.29.32", false, RawDer.Sequence(RawDer.Sequence(RawDer.Oid("2.5.29.32.0")))))),
        ["B14 private extension"] = (
            ReasonCodes.ExtNotAllowed, Add("1.2.3.4.5", RawExtension.Of("1.2.3.4.5", false, RawDer.Null()))),
        ["B14 SKI is allowed"] = (null, Add("2.5.29.14", RawExtension.Of(
            "2.5.29.14", false, RawDer.OctetString(new byte[20])))),
        ["B15 duplicate extension"] = (ReasonCodes.Malformed, draft => draft.Extensions.Add(
            (RawExtension.KeyUsage, RawExtension.Usage(true, 0)))),
        ["B16 version 1"] = (ReasonCodes.Version, draft => draft.VersionNumber = null),
        ["B16 version 2"] = (ReasonCodes.Version, draft => draft.VersionNumber = 1),
        ["B17 DNS name"] = (ReasonCodes.SanForbidden, San(RawExtension.AltName(2, "n1"))),
        ["B17 address"] = (ReasonCodes.SanForbidden, San(RawExtension.AltName(7, [10, 0, 0, 1]))),
        ["B17 mail"] = (ReasonCodes.SanForbidden, San(RawExtension.AltName(1, "a@b.example"))),
        ["B17 URI"] = (ReasonCodes.SanForbidden, San(RawExtension.AltName(6, "spiffe://a/b"))),
        ["B18 kubelet-serving certificate"] = (ReasonCodes.Eku, draft => draft
            .With(RawExtension.ExtendedKeyUsage, RawExtension.ExtendedUsage(false, RawExtension.ServerAuth))
            .With(RawExtension.SubjectAltName, RawExtension.AltName(2, "n1"))),
        ["B20 nameConstraints"] = (ReasonCodes.ExtNotAllowed, Add(RawExtension.NameConstraints, RawExtension.Of(
            RawExtension.NameConstraints,
            false,
            RawDer.Sequence(RawDer.Tagged(0, RawDer.Sequence(RawDer.Tagged(4, RawName.Of(
                RawName.Rdn(RawName.O, "system:nodes"))))))))),
    };

    public static TheoryData<string> Ids => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Leaf(string id) =>
        MatrixPki.Check(id, (Rows[id].Code, () => new(MatrixPki.Root.Leaf(Rows[id].Change))));

    private static Action<CertificateDraft> Eku(params string[] oids) => draft => draft.With(
        RawExtension.ExtendedKeyUsage, RawExtension.ExtendedUsage(false, oids));

    private static Action<CertificateDraft> Ku(params int[] bits) =>
        draft => draft.With(RawExtension.KeyUsage, RawExtension.Usage(true, bits));

    private static Action<CertificateDraft> Bc(byte[] der) =>
        draft => draft.With(RawExtension.BasicConstraints, der);

    private static Action<CertificateDraft> San(byte[] der) =>
        draft => draft.With(RawExtension.SubjectAltName, der);

    private static Action<CertificateDraft> Add(string oid, byte[] der) => draft => draft.With(oid, der);
}
