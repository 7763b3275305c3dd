using Broker.Identity.Reasons;
using Broker.Identity.Trust;
using Broker.Testing.Pki;
using Xunit;

namespace Broker.Tests.Identity;

/// <summary>Subject: rows E of the matrix, for nodes; and roles of people.</summary>
public sealed class SubjectMatrixTest
{
    private const string Uid = "1.3.6.1.4.1.57683.2";

    private static readonly byte[] Nodes = RawName.Rdn(RawName.O, "system:nodes");

    private static readonly Dictionary<string, (string? Code, byte[] Subject)> Rows = new()
    {
        ["E01 good"] = (null, RawName.Node("n1")),
        ["E01 good in PrintableString, name first"] = (null, RawName.Of(
            RawDer.Set(RawName.Attribute(RawName.Cn, RawDer.Printable("system:node:n1"))),
            RawDer.Set(RawName.Attribute(RawName.O, RawDer.Printable("system:nodes"))))),
        ["E02 no organization"] = (ReasonCodes.Org, RawName.Of(Cn("system:node:n1"))),
        ["E03 system:masters"] = (
            ReasonCodes.Org, RawName.Of(RawName.Rdn(RawName.O, "system:masters"), Cn("system:node:n1"))),
        ["E04 two organizations"] = (ReasonCodes.OrgExact, RawName.Of(
            Nodes, RawName.Rdn(RawName.O, "system:masters"), Cn("system:node:n1"))),
        ["E05 System:Nodes"] = (
            ReasonCodes.Org, RawName.Of(RawName.Rdn(RawName.O, "System:Nodes"), Cn("system:node:n1"))),
        ["E05 trailing space"] = (
            ReasonCodes.Org, RawName.Of(RawName.Rdn(RawName.O, "system:nodes "), Cn("system:node:n1"))),
        ["E06 no prefix"] = (ReasonCodes.Cn, RawName.Of(Nodes, Cn("n1"))),
        ["E06 prefix in capitals"] = (ReasonCodes.Cn, RawName.Of(Nodes, Cn("System:Node:n1"))),
        ["E07 empty name"] = (ReasonCodes.CnEmpty, RawName.Node("")),
        ["E08 upper case"] = (ReasonCodes.CnSyntax, RawName.Node("N1")),
        ["E08 underscore"] = (ReasonCodes.CnSyntax, RawName.Node("n_1")),
        ["E08 slash"] = (ReasonCodes.CnSyntax, RawName.Node("a/b")),
        ["E08 dots"] = (ReasonCodes.CnSyntax, RawName.Node("..")),
        ["E08 newline"] = (ReasonCodes.CnSyntax, RawName.Node("n1\n")),
        ["E08 NUL"] = (ReasonCodes.CnSyntax, RawName.Node("n1\0.evil")),
        ["E08 leading space"] = (ReasonCodes.CnSyntax, RawName.Node(" n1")),
        ["E08 trailing space"] = (ReasonCodes.CnSyntax, RawName.Node("n1 ")),
        ["E09 Cyrillic homoglyph"] = (ReasonCodes.CnSyntax, RawName.Node("n\u0430de")),
        ["E10 two common names"] = (
            ReasonCodes.CnMultiple, RawName.Of(Nodes, Cn("system:node:n1"), Cn("system:node:n2"))),
        ["E11 O and CN in one part"] = (ReasonCodes.RdnMulti, RawName.Of(RawDer.Set(
            RawName.Attribute(RawName.O, RawDer.Utf8("system:nodes")),
            RawName.Attribute(RawName.Cn, RawDer.Utf8("system:node:n1"))))),
        ["E11 CN twice in one part"] = (ReasonCodes.RdnMulti, RawName.Of(Nodes, RawDer.Set(
            RawName.Attribute(RawName.Cn, RawDer.Utf8("system:node:n1")),
            RawName.Attribute(RawName.Cn, RawDer.Utf8("system:node:n2"))))),
        ["E12 a CN that looks like two attributes"] = (
            ReasonCodes.Org, RawName.Of(Cn("system:node:a, O=system:nodes"))),
        ["E13 BMPString"] = (ReasonCodes.Encoding, RawName.Of(
            Nodes, RawDer.Set(RawName.Attribute(RawName.Cn, RawDer.Bmp("system:node:n1"))))),
        ["E13 TeletexString"] = (ReasonCodes.Encoding, RawName.Of(
            Nodes, RawDer.Set(RawName.Attribute(RawName.Cn, RawDer.Teletex("system:node:n1"))))),
        ["E14 an OU"] = (null, RawName.Of(Nodes, RawName.Rdn(RawName.Ou, "rack 7"), Cn("system:node:n1"))),
        ["E14 an attribute that Go drops"] = (ReasonCodes.SubjectAttribute, RawName.Of(
            Nodes, RawName.Rdn("1.2.3.4", "x"), Cn("system:node:n1"))),
        ["E15 a user UID"] = (null, RawName.Of(Nodes, Cn("system:node:n1"), RawName.Rdn(Uid, "uid-1"))),
        ["E15 two user UIDs"] = (ReasonCodes.SubjectAttribute, RawName.Of(
            Nodes, Cn("system:node:n1"), RawName.Rdn(Uid, "uid-1"), RawName.Rdn(Uid, "uid-2"))),
        ["E16 a name of 239 characters"] = (
            null, RawName.Node(string.Join('.', Enumerable.Repeat("abcde", 40)))),
        ["E17 empty subject"] = (ReasonCodes.Cn, RawName.Of()),
        ["E18 equal to another under case folding"] = (ReasonCodes.CnSyntax, RawName.Node("Node-A")),
    };

    public static TheoryData<string> Ids => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Subject(string id)
    {
        var (code, subject) = Rows[id];
        MatrixPki.Check(id, (code, () => new(MatrixPki.Root.Leaf(draft => draft.Subject = subject))));
    }

    [Fact]
    public void A_user_UID_of_the_subject_is_reported()
    {
        var subject = RawName.Of(Nodes, Cn("system:node:n1"), RawName.Rdn(Uid, "uid-1"));
        var result = MatrixPki.Examine(new(MatrixPki.Root.Leaf(draft => draft.Subject = subject)));
        Assert.Equal("uid-1", result.Certificate?.SubjectUid);
    }

    [Theory]
    [InlineData("broker:operators", "ana", CallerRole.Operator, null)]
    [InlineData("broker:auditors", "ana@example.org", CallerRole.Auditor, null)]
    [InlineData("system:nodes", "system:node:n1", default(CallerRole), ReasonCodes.Org)]
    [InlineData("broker:Operators", "ana", default(CallerRole), ReasonCodes.Org)]
    [InlineData("broker:operators", "", default(CallerRole), ReasonCodes.CnEmpty)]
    [InlineData("broker:operators", "ana\u0430", default(CallerRole), ReasonCodes.CnSyntax)]
    [InlineData("broker:operators", "ana b", default(CallerRole), ReasonCodes.CnSyntax)]
    public void The_peoples_CA_makes_people_only(string organization, string name, CallerRole role, string? code)
    {
        var people = MatrixPki.Load(MatrixPki.Root.Pem, purpose: AnchorPurpose.People);
        var leaf = MatrixPki.Root.Leaf(draft => draft.Subject = RawName.Person(organization, name));
        var result = MatrixPki.Examine(new(leaf) { Anchors = people });
        Assert.Equal(code, result.Refusal?.Code);
        Assert.Equal(code is null ? role : null, result.Certificate?.Role);
    }

    [Theory]
    [InlineData("broker:operators")]
    [InlineData("broker:auditors")]
    public void The_nodes_CA_never_makes_an_operator_or_auditor(string organization)
    {
        var leaf = MatrixPki.Root.Leaf(draft => draft.Subject = RawName.Person(organization, "ana"));
        Assert.Equal(ReasonCodes.Org, MatrixPki.Examine(new(leaf)).Refusal?.Code);
        leaf = MatrixPki.Root.Leaf(draft => draft.Subject = RawName.Person(organization, "system:node:n1"));
        Assert.Equal(ReasonCodes.Org, MatrixPki.Examine(new(leaf)).Refusal?.Code);
    }

    private static byte[] Cn(string value) => RawName.Rdn(RawName.Cn, value);
}
