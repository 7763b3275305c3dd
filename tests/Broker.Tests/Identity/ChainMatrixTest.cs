using Broker.Identity.Certificates;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;
using Broker.Testing.Pki;
using Xunit;

namespace Broker.Tests.Identity;

/// <summary>
/// Chain and trust: rows A of the matrix. A05, A14 and A25 are in TrustAnchorsTest, A30 and A32 in Tls.
/// </summary>
public sealed class ChainMatrixTest
{
    private static readonly TestAuthority Other = TestAuthority.Root("nodes root", MatrixPki.Now);

    private static readonly TestAuthority Rsa = TestAuthority.Root("rsa root", MatrixPki.Now, key: TestKey.Rsa());

    private static readonly Dictionary<string, (string? Code, Func<Presented> Make)> Rows = new()
    {
        ["A01 leaf from the root"] = (null, () => new(MatrixPki.Root.Leaf())),
        ["A02 leaf from a sent intermediate"] = (null, () => new(MatrixPki.Middle.Leaf())
        {
            Extra = [MatrixPki.Middle.Der],
        }),
        ["A03 intermediate neither sent nor configured"] = (
            ReasonCodes.PartialChain, () => new(MatrixPki.Middle.Leaf())),
        ["A04 intermediate configured, not sent"] = (null, () => new(MatrixPki.Middle.Leaf())
        {
            Anchors = MatrixPki.Load(MatrixPki.Root.Pem, MatrixPki.Middle.Pem),
        }),
        ["A06 other CA of the same name"] = (ReasonCodes.Untrusted, () => new(Other.Leaf())),
        ["A06 other CA of the same name, sent along"] = (
            ReasonCodes.Untrusted, () => new(Other.Leaf()) { Extra = [Other.Der] }),
        ["A07 same issuer name and key identifier, other key"] = (
            ReasonCodes.Signature, () => new(Other.Leaf(draft => draft.With(
                RawExtension.AuthorityKeyId, RawExtension.Authority(MatrixPki.Root.KeyId))))),
        ["A08 two CAs of one name, the first"] = (null, () => TwoCas(MatrixPki.Root)),
        ["A08 two CAs of one name, the second"] = (null, () => TwoCas(Other)),
        ["A08 the second after its removal"] = (ReasonCodes.Untrusted, () => new(Other.Leaf())),
        ["A09 cross-signed intermediate, the trusted one first"] = (null, () => CrossSigned(trustedFirst: true)),
        ["A09 cross-signed intermediate, the trusted one last: the engine does not go back"] = (
            ReasonCodes.Untrusted, () => CrossSigned(trustedFirst: false)),
        ["A10 issuer under the same root, not pinned"] = (
            ReasonCodes.IssuerNotPinned, () => Pinned(MatrixPki.Root.Intermediate("front proxy"))),
        ["A10 the pinned issuer"] = (null, () => Pinned(MatrixPki.Middle)),
        ["A11 self-signed leaf"] = (ReasonCodes.Untrusted, SelfSigned),
        ["A12 the CA certificate itself"] = (ReasonCodes.ChainLength1, () => new(MatrixPki.Root.Der)),
        ["A13 self-issued but signed by another key"] = (
            ReasonCodes.Untrusted, () => new(Other.Leaf(draft => draft.Issuer = draft.Subject))),
        ["A15 expired intermediate"] = (
            ReasonCodes.CaValidity, () => Below(draft => draft.NotAfter = MatrixPki.Now.AddDays(-1))),
        ["A16 leaf outlives its CA, CA alive"] = (null, () => Outlives(MatrixPki.Now)),
        ["A16 leaf outlives its CA, CA ended"] = (
            ReasonCodes.CaValidity, () => Outlives(MatrixPki.Now.AddDays(11))),
        ["A17 intermediate without basic constraints"] = (
            ReasonCodes.NotCa, () => Below(draft => draft.Without(RawExtension.BasicConstraints))),
        ["A17 intermediate of version 1"] = (ReasonCodes.NotCa, () => Below(draft => draft.VersionNumber = null)),
        ["A18 intermediate without keyCertSign"] = (
            ReasonCodes.NotCa, () => Below(draft => draft.With(RawExtension.KeyUsage, RawExtension.Usage(true, 0)))),
        ["A19 path length exceeded"] = (ReasonCodes.PathLen, () =>
        {
            var narrow = MatrixPki.Root.Intermediate(
                "narrow", draft => draft.With(RawExtension.BasicConstraints, RawExtension.Constraints(true, 0)));
            var below = narrow.Intermediate("below narrow");
            return new Presented(below.Leaf()) { Extra = [below.Der, narrow.Der] };
        }
        ),
        ["A20 a leaf as issuer"] = (ReasonCodes.NotCa, () => Below(draft =>
        {
            draft.Extensions.Clear();
            draft.With(RawExtension.KeyUsage, RawExtension.Usage(true, 0))
                .With(RawExtension.BasicConstraints, RawExtension.Constraints(false));
        })),
        ["A21 name constraint violated"] = (ReasonCodes.NameConstraint, () => Below(draft => draft.With(
            RawExtension.NameConstraints,
            RawExtension.Of(
                RawExtension.NameConstraints,
                true,
                RawDer.Sequence(RawDer.Tagged(0, RawDer.Sequence(RawDer.Tagged(4, RawName.Of(
                    RawName.Rdn(RawName.O, "another organization")))))))))),
        ["A23 CA with requireExplicitPolicy"] = (ReasonCodes.CaPolicy, () => Below(draft => draft.With(
            "2.5.29.36",
            RawExtension.Of("2.5.29.36", true, RawDer.Sequence(RawDer.Tlv(0x80, [5])))))),
        ["A24 unknown critical extension on the CA"] = (ReasonCodes.CriticalExtension, () => Below(Odd)),
        ["A24 unknown critical extension on the leaf"] = (
            ReasonCodes.ExtNotAllowed, () => new(MatrixPki.Root.Leaf(Odd))),
        ["A26 three intermediates"] = (null, () => Deep(3)),
        ["A26 four intermediates"] = (ReasonCodes.TooDeep, () => Deep(4)),
        ["A27 fifty-one extra certificates"] = (ReasonCodes.TooManyCerts, () => new(MatrixPki.Root.Leaf())
        {
            Extra = [.. Enumerable.Repeat(MatrixPki.Middle.Der, 51)],
        }),
        ["C02 RSA root, PKCS#1"] = (null, () => new(Rsa.Leaf()) { Anchors = MatrixPki.Load(Rsa.Pem) }),
    };

    public static TheoryData<string> Ids => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Chain(string id) => MatrixPki.Check(id, Rows[id]);

    [Fact]
    public void A29_decoy_intermediates_of_one_name_cost_little()
    {
        var decoys = Enumerable.Range(0, 60)
            .Select(_ => MatrixPki.Root.Intermediate("decoy", draft => draft.NotAfter = MatrixPki.Now.AddDays(-1)).Der)
            .ToList();
        var target = MatrixPki.Root.Intermediate("decoy");
        var shown = new Presented(target.Leaf())
        {
            Extra = decoys,
            Settings = ExaminerSettings.Default with { ExtraCertificatesMax = 100 },
        };
        _ = MatrixPki.Examine(shown);
        var start = TimeProvider.System.GetTimestamp();
        var refused = MatrixPki.Examine(shown);
        var took = TimeProvider.System.GetElapsedTime(start);
        Assert.False(refused.IsAccepted);
        Assert.True(took < TimeSpan.FromSeconds(2), $"{took}");
        Assert.Equal(ReasonCodes.TooManyCerts, MatrixPki.Examine(new(target.Leaf()) { Extra = decoys }).Refusal?.Code);
    }

    [Fact]
    public void A09_the_issuer_on_the_path_used_is_recorded()
    {
        var result = MatrixPki.Examine(CrossSigned(trustedFirst: true));
        Assert.True(result.IsAccepted);
        Assert.Equal(KeyHashes.OfSpki(CrossKey.Spki), result.Certificate.IssuerKey);
    }

    [Fact]
    public void A16_the_earliest_end_on_the_path_is_reported()
    {
        var result = MatrixPki.Examine(Outlives(MatrixPki.Now));
        Assert.True(result.IsAccepted);
        Assert.Equal(MatrixPki.Now.AddDays(10), result.Certificate.ValidUntil);
        Assert.Equal(MatrixPki.Now.AddDays(30), result.Certificate.NotAfter);
    }

    private static readonly TestKey CrossKey = TestKey.Ec();

    private static Presented CrossSigned(bool trustedFirst)
    {
        var untrusted = Other.Intermediate("cross", key: CrossKey);
        var trusted = MatrixPki.Root.Intermediate("cross", key: CrossKey);
        return new Presented(trusted.Leaf())
        {
            Extra = trustedFirst ? [trusted.Der, untrusted.Der] : [untrusted.Der, trusted.Der],
        };
    }

    private static Presented TwoCas(TestAuthority issuer) =>
        new(issuer.Leaf()) { Anchors = MatrixPki.Load(MatrixPki.Root.Pem + Other.Pem) };

    private static Presented Pinned(TestAuthority issuer) => new(issuer.Leaf())
    {
        Extra = [issuer.Der],
        Settings = ExaminerSettings.Default with
        {
            IssuerPins = new HashSet<Broker.Core.Names.KeyHash> { KeyHashes.OfSpki(MatrixPki.Middle.Key.Spki) },
        },
    };

    private static Presented SelfSigned()
    {
        var key = TestKey.Ec();
        var draft = new CertificateDraft
        {
            NotBefore = MatrixPki.Now.AddMinutes(-5),
            NotAfter = MatrixPki.Now.AddDays(1),
            Spki = key.Spki,
        };
        return new Presented(draft.Sign(draft.Subject, key));
    }

    private static Presented Below(Action<CertificateDraft> change)
    {
        var middle = MatrixPki.Root.Intermediate("odd middle", change);
        return new Presented(middle.Leaf()) { Extra = [middle.Der] };
    }

    private static Presented Outlives(DateTimeOffset now)
    {
        var middle = MatrixPki.Root.Intermediate("short", draft => draft.NotAfter = MatrixPki.Now.AddDays(10));
        return new Presented(middle.Leaf()) { Extra = [middle.Der], Now = now };
    }

    private static Presented Deep(int intermediates)
    {
        var extra = new List<byte[]>();
        var at = MatrixPki.Root;
        for (var i = 0; i < intermediates; i++)
        {
            at = at.Intermediate($"level {i}");
            extra.Add(at.Der);
        }

        return new Presented(at.Leaf()) { Extra = extra };
    }

    private static void Odd(CertificateDraft draft) =>
        draft.With("1.2.3.4.5", RawExtension.Of("1.2.3.4.5", true, RawDer.Null()));
}
