using System.Security.Cryptography;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;
using Broker.Testing.Pki;
using Xunit;

namespace Broker.Tests.Identity;

/// <summary>Loading trust anchors: rows A05, A14 and A25 of the matrix and the faults of a file.</summary>
public sealed class TrustAnchorsTest
{
    private static readonly Dictionary<string, (string Code, Func<string> Pem)> Faults = new()
    {
        ["A05 an intermediate as anchor"] = (ReasonCodes.AnchorNotSelfIssued, () => MatrixPki.Middle.Pem),
        ["A14 expired"] = (ReasonCodes.CaValidity, Root(draft => draft.NotAfter = MatrixPki.Now.AddDays(-1))),
        ["A14 exactly at its end"] = (ReasonCodes.CaValidity, Root(draft => draft.NotAfter = MatrixPki.Now)),
        ["A14 not valid yet"] = (ReasonCodes.CaValidity, Root(draft => draft.NotBefore = MatrixPki.Now.AddDays(1))),
        ["A25 no basic constraints"] = (
            ReasonCodes.AnchorBasicConstraints, Root(draft => draft.Without(RawExtension.BasicConstraints))),
        ["A25 basic constraints not critical"] = (ReasonCodes.AnchorBasicConstraints, Root(draft => draft.With(
            RawExtension.BasicConstraints, RawExtension.Constraints(true, critical: false)))),
        ["not a CA"] = (ReasonCodes.NotCa, Root(draft => draft.With(
            RawExtension.BasicConstraints, RawExtension.Constraints(false)))),
        ["no keyCertSign"] = (ReasonCodes.NotCa, Root(draft => draft.With(
            RawExtension.KeyUsage, RawExtension.Usage(true, 0)))),
        ["weak key"] = (ReasonCodes.WeakKey, () => TestAuthority.Root(
            "weak", MatrixPki.Now, key: TestKey.Rsa(1024)).Pem),
        ["policy constraints"] = (ReasonCodes.CaPolicy, Root(draft => draft.With(
            "2.5.29.36", RawExtension.Of("2.5.29.36", true, RawDer.Sequence(RawDer.Tlv(0x80, [0])))))),
        ["signed by another key under its own name"] = (ReasonCodes.AnchorSignature, () =>
            TestAuthority.Root("liar", MatrixPki.Now, draft => draft.Spki = TestKey.Ec().Spki).Pem),
        ["empty"] = (ReasonCodes.AnchorsEmpty, () => string.Empty),
        ["no PEM at all"] = (ReasonCodes.AnchorsEmpty, () => "hello"),
        ["seventeen"] = (ReasonCodes.AnchorsTooMany, () => string.Concat(
            Enumerable.Repeat(MatrixPki.Root.Pem, 17))),
        ["a private key inside"] = (ReasonCodes.PrivateKey, () => MatrixPki.Root.Pem
            + ((ECDsa)MatrixPki.Root.Key.Algorithm).ExportPkcs8PrivateKeyPem()),
        ["a request inside"] = (ReasonCodes.PemBlock, () => MatrixPki.Root.Pem
            + RawRequest.Pem(RawRequest.Of(RawName.Node("n1"), MatrixPki.Root.Key))),
        ["a damaged block"] = (ReasonCodes.PemBlock, () => MatrixPki.Root.Pem
            + MatrixPki.Root.Pem.Replace("M", "*", StringComparison.Ordinal)),
        ["bytes that are no certificate"] = (
            ReasonCodes.Malformed, () => PemEncoding.WriteString("CERTIFICATE", "hello"u8)),
        ["an oversized text"] = (ReasonCodes.TooLarge, () => new string(' ', TrustAnchors.PemCharsMax + 1)),
        ["two of one name without key identifiers"] = (ReasonCodes.AnchorAmbiguous, () =>
            Root(draft => draft.Without(RawExtension.SubjectKeyId))() + MatrixPki.Root.Pem),
    };

    public static TheoryData<string> Ids => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_fault_in_the_file_is_named(string id)
    {
        var load = TrustAnchors.Load(AnchorPurpose.Nodes, Faults[id].Pem(), MatrixPki.Now);
        Assert.False(load.IsGood);
        Assert.Equal(Faults[id].Code, Assert.Single(load.Faults).Code);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var load = TrustAnchors.Load(
            AnchorPurpose.Nodes, MatrixPki.Middle.Pem + Faults["not a CA"].Pem(), MatrixPki.Now);
        Assert.Equal([ReasonCodes.AnchorNotSelfIssued, ReasonCodes.NotCa], load.Faults.Select(fault => fault.Code));
    }

    [Fact]
    public void Comments_and_line_ends_of_other_systems_are_fine()
    {
        var pem = "# the nodes' CA\r\n" + MatrixPki.Root.Pem.Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.True(TrustAnchors.Load(AnchorPurpose.Nodes, pem, MatrixPki.Now).IsGood);
    }

    [Fact]
    public void One_key_may_not_vouch_for_nodes_and_people()
    {
        var nodes = MatrixPki.Load(MatrixPki.Root.Pem);
        var people = MatrixPki.Load(MatrixPki.Root.Pem, purpose: AnchorPurpose.People);
        Assert.Equal(ReasonCodes.AnchorShared, nodes.SharedWith(people)?.Code);
        var other = MatrixPki.Load(
            TestAuthority.Root("people", MatrixPki.Now).Pem, purpose: AnchorPurpose.People);
        Assert.Null(nodes.SharedWith(other));
    }

    [Fact]
    public void A_chain_policy_reaches_for_nothing_outside()
    {
        var policy = MatrixPki.Anchors.NewChainPolicy(MatrixPki.Now.ToOffset(TimeSpan.FromHours(5)), "1.2.3");
        Assert.True(policy.DisableCertificateDownloads);
        Assert.Equal(System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck, policy.RevocationMode);
        Assert.Equal(
            System.Security.Cryptography.X509Certificates.X509ChainTrustMode.CustomRootTrust, policy.TrustMode);
        Assert.Equal(DateTimeKind.Utc, policy.VerificationTime.Kind);
        Assert.Equal(MatrixPki.Now.UtcDateTime, policy.VerificationTime);
        Assert.False(policy.VerificationTimeIgnored);
        Assert.NotSame(policy, MatrixPki.Anchors.NewChainPolicy(MatrixPki.Now, null));
    }

    [Fact]
    public void Every_code_has_a_row_in_the_closed_table()
    {
        var codes = typeof(ReasonCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();
        Assert.Equal(codes.Order(StringComparer.Ordinal), IdentityReasons.All.Keys.Order(StringComparer.Ordinal));
        Assert.All(IdentityReasons.All.Values, reason => Assert.EndsWith(".", reason.ToDo, StringComparison.Ordinal));
    }

    private static Func<string> Root(Action<CertificateDraft> change) =>
        () => TestAuthority.Root("nodes root", MatrixPki.Now, change).Pem;
}
