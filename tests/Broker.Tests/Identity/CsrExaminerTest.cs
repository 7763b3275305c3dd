using System.Security.Cryptography;
using System.Text;
using Broker.Identity.Csr;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;
using Broker.Testing.Pki;
using Xunit;

namespace Broker.Tests.Identity;

/// <summary>Signing requests: form, subject, key, proof of possession; rows F09 to F11 and G27 of the matrix.</summary>
public sealed class CsrExaminerTest
{
    private static readonly TestKey Key = TestKey.Ec();

    private static readonly Dictionary<string, (string? Code, Func<byte[]> Make)> Rows = new()
    {
        ["good DER"] = (null, () => RawRequest.Of(RawName.Node("n1"), Key)),
        ["good PEM"] = (null, () => Pem(RawRequest.Of(RawName.Node("n1"), Key))),
        ["good with RSA"] = (null, () => RawRequest.Of(RawName.Node("n1"), TestKey.Rsa())),
        ["F10 CRLF and a comment"] = (null, () => Encoding.ASCII.GetBytes("a comment\r\n" + RawRequest.Pem(
            RawRequest.Of(RawName.Node("n1"), Key)).Replace("\n", "\r\n", StringComparison.Ordinal))),
        ["F10 PEM headers"] = (ReasonCodes.Pem, () => Encoding.ASCII.GetBytes(RawRequest.Pem(
            RawRequest.Of(RawName.Node("n1"), Key)).Replace(
                "REQUEST-----\nM", "REQUEST-----\nProc-Type: 4\n\nM", StringComparison.Ordinal))),
        ["F10 another block type"] = (ReasonCodes.Pem, () => Encoding.ASCII.GetBytes(MatrixPki.Root.Pem)),
        ["F10 old label"] = (ReasonCodes.Pem, () => Encoding.ASCII.GetBytes(RawRequest.Pem(
            RawRequest.Of(RawName.Node("n1"), Key)).Replace(
                "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST", StringComparison.Ordinal))),
        ["F11 further blocks behind"] = (null, () => Encoding.ASCII.GetBytes(
            RawRequest.Pem(RawRequest.Of(RawName.Node("n1"), Key))
            + PemEncoding.WriteString("ATTESTATION DATA", "x"u8))),
        ["F11 a damaged first block hides nothing"] = (ReasonCodes.Pem, () => Encoding.ASCII.GetBytes(
            "-----BEGIN CERTIFICATE REQUEST-----\n***\n-----END CERTIFICATE REQUEST-----\n"
            + RawRequest.Pem(RawRequest.Of(RawName.Node("n1"), Key)))),
        ["G27 signed with another key"] = (
            ReasonCodes.Pop, () => RawRequest.Of(RawName.Node("n1"), TestKey.Ec(), spki: Key.Spki)),
        ["G27 a signature of another type"] = (
            ReasonCodes.Malformed,
            () => RawRequest.Of(RawName.Node("n1"), TestKey.Ec(), spki: TestKey.Rsa().Spki)),
        ["no organization"] = (
            ReasonCodes.Org, () => RawRequest.Of(RawName.Of(RawName.Rdn(RawName.Cn, "system:node:n1")), Key)),
        ["system:masters"] = (
            ReasonCodes.Org, () => RawRequest.Of(RawName.Person("system:masters", "system:node:n1"), Key)),
        ["empty node name"] = (ReasonCodes.CnEmpty, () => RawRequest.Of(RawName.Node(""), Key)),
        ["upper case"] = (ReasonCodes.CnSyntax, () => RawRequest.Of(RawName.Node("N1"), Key)),
        ["an OU besides"] = (ReasonCodes.SubjectAttribute, () => RawRequest.Of(
            RawName.Of(
                RawName.Rdn(RawName.O, "system:nodes"),
                RawName.Rdn(RawName.Ou, "x"),
                RawName.Rdn(RawName.Cn, "system:node:n1")),
            Key)),
        ["a DNS name"] = (ReasonCodes.SanForbidden, () => RawRequest.Of(
            RawName.Node("n1"), Key, extensions: [RawExtension.AltName(2, "kubernetes")])),
        ["an address"] = (ReasonCodes.SanForbidden, () => RawRequest.Of(
            RawName.Node("n1"), Key, extensions: [RawExtension.AltName(7, [10, 0, 0, 1])])),
        ["CA:TRUE asked for is dropped"] = (null, () => RawRequest.Of(
            RawName.Node("n1"), Key, extensions: [RawExtension.Constraints(true)])),
        ["weak key"] = (ReasonCodes.WeakKey, () => RawRequest.Of(RawName.Node("n1"), TestKey.Rsa(1024))),
        ["odd curve"] = (ReasonCodes.Curve, () => RawRequest.Of(
            RawName.Node("n1"), TestKey.Ec(ECCurve.CreateFromValue("1.3.132.0.10")))),
        ["SHA-1"] = (ReasonCodes.WeakHash, () => RawRequest.Of(
            RawName.Node("n1"), TestKey.Rsa(), algorithm: RawAlgorithm.RsaSha1)),
        ["trailing bytes"] = (ReasonCodes.Encoding, () => [.. RawRequest.Of(RawName.Node("n1"), Key), 0]),
        ["empty"] = (ReasonCodes.Pem, () => []),
        ["text"] = (ReasonCodes.Pem, () => "hello"u8.ToArray()),
        ["bytes"] = (ReasonCodes.Malformed, () => [0x30, 0x03, 1, 2, 3]),
        ["17 KiB"] = (ReasonCodes.TooLarge, () => new byte[17 * 1024]),
    };

    public static TheoryData<string> Ids => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Request(string id)
    {
        var result = CsrExaminer.Examine(Rows[id].Make());
        Assert.True(result.Refusal?.Code == Rows[id].Code, $"{id}: {result.Refusal?.ToString() ?? "accepted"}");
    }

    [Fact]
    public void An_accepted_request_tells_node_key_and_blob()
    {
        var der = RawRequest.Of(RawName.Node("n1"), Key);
        var csr = CsrExaminer.Examine(Pem(der)).Csr;
        Assert.NotNull(csr);
        Assert.Equal("n1", csr.NodeName.Value);
        Assert.Equal(KeyHashes.OfSpki(Key.Spki), csr.Key);
        Assert.Equal(der, csr.Der.ToArray());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(der)), csr.Blob.Value);
        Assert.False(csr.IsRsa);
        Assert.StartsWith("node-csr-", csr.SuggestedName.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_suggested_name_is_the_one_that_a_kubelet_computes()
    {
        // Made with another program: SHA-512/256 over the parts, each in unpadded base64url and closed by '|'.
        var name = CsrNames.Digest(
            [1, 2, 3, 255, 254], "system:node:n1", ["system:nodes"], CsrNames.KubeletUsages(isRsa: false));
        Assert.Equal("node-csr-qWTGEphHO9nIS9FBzWkycRBrciws0go_jBG4NIlu_H8", name.Value);
        name = CsrNames.Digest(
            [1, 2, 3, 255, 254], "system:node:n1", ["system:nodes"], CsrNames.KubeletUsages(isRsa: true));
        Assert.Equal("node-csr-9h5IRCqW_B6N_auE_oXWQukL1VogvElm-ABOPlwviBY", name.Value);
    }

    private static byte[] Pem(byte[] der) => Encoding.ASCII.GetBytes(RawRequest.Pem(der));
}
