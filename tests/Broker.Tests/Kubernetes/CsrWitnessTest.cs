using System.Text;
using Broker.Identity.Reasons;
using Broker.Kubernetes.Csrs;
using Broker.Kubernetes.Witness;
using Broker.Testing.Pki;
using Broker.Tests.Identity;
using Xunit;

namespace Broker.Tests.Kubernetes;

/// <summary>One CSR by itself: rows F09 to F11 and G01 to G36, as far as they need nobody else.</summary>
public sealed class CsrWitnessTest
{
    private static readonly CsrWitness Witness = ClusterPki.Witness();

    [Fact]
    public void G01_G13_an_approved_request_whose_certificate_fits_is_issued()
    {
        var key = TestKey.Ec();
        var verdict = Judge(ClusterPki.First("n1", key));

        Assert.Equal(CsrOutcome.Issued, verdict.Outcome);
        Assert.Null(verdict.Refusal);
        Assert.Equal(("n1", RequesterKind.Bootstrap), (verdict.Request!.NodeName.Value, verdict.Requester));
        Assert.Equal(verdict.Request.Key, verdict.Certificate!.Key);
        Assert.Equal("AutoApproved", verdict.Approval);
        Assert.Null(verdict.Hold);
    }

    [Fact]
    public void The_two_sets_of_usages_of_the_kubelet_signer_both_count()
    {
        var csr = ClusterPki.First(
            change: draft => draft.With(RawExtension.KeyUsage, RawExtension.Usage(true, 0, 2))) with
        {
            Usages = ["key encipherment", "client auth", "digital signature"],
        };

        Assert.Equal(CsrOutcome.Issued, Judge(csr).Outcome);
    }

    [Theory]
    [InlineData("G03 denied", CsrOutcome.Denied, ReasonCodes.CsrDenied, "Denied")]
    [InlineData("G04 failed", CsrOutcome.Failed, ReasonCodes.CsrFailed, "Failed")]
    [InlineData("G04 approved, then failed", CsrOutcome.Failed, ReasonCodes.CsrFailed, "Approved", "Failed")]
    [InlineData("G05 pending", CsrOutcome.Pending, null)]
    [InlineData("approved, not signed", CsrOutcome.Pending, null, "Approved")]
    [InlineData("G06 both", CsrOutcome.Contradicted, ReasonCodes.CsrContradictory, "Approved", "Denied")]
    public void Conditions_without_a_certificate(
        string row, CsrOutcome outcome, string? code, params string[] conditions)
    {
        var verdict = Judge(ClusterPki.First() with
        {
            Conditions = [.. conditions.Select(type => ClusterPki.Condition(type))],
            Certificate = default,
        });

        Assert.True((outcome, code) == (verdict.Outcome, verdict.Refusal?.Code), $"{row}: {verdict}");
        Assert.Equal("n1", verdict.Request!.NodeName.Value);
    }

    [Theory]
    [InlineData("G07 unapproved", ReasonCodes.SignedWithoutApproval)]
    [InlineData("G06 both", ReasonCodes.CsrContradictory, "Approved", "Denied")]
    [InlineData("denied", ReasonCodes.CsrContradictory, "Denied")]
    [InlineData("failed", ReasonCodes.CsrContradictory, "Failed", "Approved")]
    public void A_certificate_needs_an_approval_and_nothing_else(string row, string code, params string[] conditions)
    {
        var verdict = Judge(ClusterPki.First() with
        {
            Conditions = [.. conditions.Select(type => ClusterPki.Condition(type))],
        });

        Assert.True(
            (CsrOutcome.Contradicted, code) == (verdict.Outcome, verdict.Refusal?.Code), $"{row}: {verdict}");
    }

    [Fact]
    public void An_approval_that_is_not_true_is_none() => Refused(
        ReasonCodes.SignedWithoutApproval,
        ClusterPki.First() with { Conditions = [ClusterPki.Condition("Approved", "False")] });

    [Fact]
    public void G08_another_key_in_the_certificate_is_a_substitution() => Refused(
        ReasonCodes.KeySubstituted,
        ClusterPki.First() with { Certificate = ClusterPki.Signed("n1", TestKey.Ec()) });

    [Fact]
    public void G09_another_name_in_the_certificate_is_a_substitution()
    {
        var key = TestKey.Ec();
        Refused(
            ReasonCodes.SubjectSubstituted,
            ClusterPki.First("n1", key) with { Certificate = ClusterPki.Signed("n2", key) });
    }

    [Fact]
    public void E14_G09_what_the_subject_says_besides_was_asked_for_or_is_a_substitution()
    {
        var key = TestKey.Ec();
        var (nodes, name) = (RawName.Rdn(RawName.O, "system:nodes"), RawName.Rdn(RawName.Cn, "system:node:n1"));
        var turned = ClusterPki.First("n1", key) with
        {
            Request = ClusterPki.Pem(RawRequest.Of(RawName.Of(name, nodes), key)),
        };
        var more = ClusterPki.Signed("n1", key, draft => draft.Subject = RawName.Of(
            nodes, RawName.Rdn(RawName.Ou, "rack 7"), name));

        Assert.Equal(CsrOutcome.Issued, Judge(turned).Outcome);
        Refused(ReasonCodes.SubjectSubstituted, ClusterPki.First("n1", key) with { Certificate = more });
    }

    [Fact]
    public void G10_other_usages_in_the_certificate_are_a_substitution()
    {
        Refused(
            ReasonCodes.UsageSubstituted,
            ClusterPki.First(change: draft => draft.With(RawExtension.KeyUsage, RawExtension.Usage(true, 0, 2))));
        Refused(
            ReasonCodes.UsageSubstituted,
            ClusterPki.First() with { Usages = ["digital signature", "key encipherment", "client auth"] });
    }

    [Theory]
    [InlineData("server auth", "digital signature")]
    [InlineData("client auth")]
    [InlineData("client auth", "digital signature", "digital signature")]
    [InlineData("client auth", "digital signature", "cert sign")]
    public void Usages_that_no_kubelet_asks_for_are_refused(params string[] usages) =>
        Refused(ReasonCodes.CsrUsages, ClusterPki.First() with { Usages = usages });

    [Theory]
    [InlineData(2_592_000, null)]
    [InlineData(2_591_999, ReasonCodes.SignerIgnoredLifetime)]
    [InlineData(600, ReasonCodes.SignerIgnoredLifetime)]
    public void G11_a_longer_life_than_asked_for_is_held(int asked, string? hold)
    {
        var verdict = Judge(ClusterPki.First() with { ExpirationSeconds = asked });

        Assert.Equal((CsrOutcome.Issued, hold), (verdict.Outcome, verdict.Hold?.Code));
    }

    [Theory]
    [InlineData("kubernetes.io/kube-apiserver-client")]
    [InlineData("kubernetes.io/kubelet-serving")]
    [InlineData("")]
    public void G12_another_signer_is_none_of_ours(string signer)
    {
        var verdict = Judge(ClusterPki.First() with { Signer = signer });

        Assert.Equal((CsrOutcome.Ignored, ReasonCodes.SignerMismatch), (verdict.Outcome, verdict.Refusal?.Code));
        Assert.Null(verdict.Certificate);
    }

    [Theory]
    [InlineData("G16", ReasonCodes.RequesterMismatch, "system:node:n2", "system:nodes")]
    [InlineData("G16 prefix", ReasonCodes.RequesterMismatch, "system:node:n1x", "system:nodes")]
    [InlineData("G17", ReasonCodes.RequesterGroup, "system:node:n1", "system:authenticated")]
    [InlineData("G17 token", ReasonCodes.RequesterGroup, "system:bootstrap:abcdef", "system:authenticated")]
    [InlineData("G18", ReasonCodes.RequesterNotAllowed, "alice", "system:masters")]
    [InlineData("G18 robot", ReasonCodes.RequesterNotAllowed, "system:serviceaccount:a:b", "system:bootstrappers")]
    public void Who_may_not_ask_is_refused_whoever_approved(string row, string code, string user, string group)
    {
        var verdict = Judge(ClusterPki.First() with { Requester = ClusterPki.Requester(user, group) });

        Assert.True(
            (CsrOutcome.Contradicted, code) == (verdict.Outcome, verdict.Refusal?.Code), $"{row}: {verdict}");
    }

    [Fact]
    public void G18_a_listed_requester_may_ask()
    {
        var settings = new WitnessSettings { Requesters = new HashSet<string> { "system:serviceaccount:a:b" } };
        var verdict = ClusterPki.Witness(settings).Judge(
            ClusterPki.First() with { Requester = ClusterPki.Requester("system:serviceaccount:a:b") }, ClusterPki.Now);

        Assert.Equal((CsrOutcome.Issued, RequesterKind.Listed), (verdict.Outcome, verdict.Requester));
    }

    [Fact]
    public void G18_a_listed_requester_whose_token_names_a_node_speaks_for_that_one_alone()
    {
        const string Robot = "system:serviceaccount:a:b";
        var settings = new WitnessSettings { Requesters = new HashSet<string> { Robot } };
        CsrVerdict Asked(params string[] names) => ClusterPki.Witness(settings).Judge(
            ClusterPki.First() with
            {
                Requester = new ObservedRequester(
                    Robot, [], new Dictionary<string, IReadOnlyList<string>> { [BoundNode.NameKey] = names }),
            },
            ClusterPki.Now);

        Assert.Equal((CsrOutcome.Issued, RequesterKind.Bound), (Asked("n1").Outcome, Asked("n1").Requester));
        Assert.Equal(ReasonCodes.RequesterMismatch, Asked("n2").Refusal?.Code);
        Assert.Equal(ReasonCodes.RequesterMismatch, Asked("n1", "n2").Refusal?.Code);
        Assert.Equal(ReasonCodes.RequesterMismatch, Asked().Refusal?.Code);
    }

    [Fact]
    public void A_bootstrap_group_of_its_own_is_demanded()
    {
        var settings = new WitnessSettings { BootstrapGroup = "system:bootstrappers:mine" };

        Assert.Equal(
            ReasonCodes.RequesterGroup,
            ClusterPki.Witness(settings).Judge(ClusterPki.First(), ClusterPki.Now).Refusal?.Code);
    }

    [Fact]
    public void G19_G21_the_credential_of_a_renewal_is_read()
    {
        var hash = new string('a', 64);
        Assert.Equal(new Custody(false, null), Judge(ClusterPki.Renewal()).Custody);
        Assert.Equal(hash, Judge(ClusterPki.Renewal(credential: "X509SHA256=" + hash)).Custody.Certificate?.Value);
    }

    [Theory]
    [InlineData("JTI=0f7a")]
    [InlineData("X509SHA256=AB")]
    [InlineData("")]
    public void G20_a_node_whose_credential_is_no_certificate_is_held(string credential)
    {
        var verdict = Judge(ClusterPki.Renewal(credential: credential));

        Assert.Equal((CsrOutcome.Issued, ReasonCodes.CustodyBroken), (verdict.Outcome, verdict.Hold?.Code));
    }

    [Fact]
    public void G27_a_request_that_its_own_key_did_not_sign_is_ignored()
    {
        var request = RawRequest.Of(RawName.Node("n1"), TestKey.Ec(), spki: TestKey.Ec().Spki);
        var verdict = Judge(ClusterPki.First() with { Request = ClusterPki.Pem(request) });

        Assert.Equal((CsrOutcome.Ignored, ReasonCodes.Pop), (verdict.Outcome, verdict.Refusal?.Code));
    }

    [Fact]
    public void G29_a_certificate_of_another_CA_with_the_same_name_is_refused()
    {
        var other = TestAuthority.Root("nodes root", ClusterPki.Now);
        var key = TestKey.Ec();
        var leaf = other.Leaf(draft => (draft.Subject, draft.Spki) = (RawName.Node("n1"), key.Spki));
        var pem = System.Security.Cryptography.PemEncoding.WriteString("CERTIFICATE", leaf);

        var verdict = Judge(ClusterPki.First("n1", key) with { Certificate = Encoding.ASCII.GetBytes(pem) });

        Assert.Equal(CsrOutcome.Contradicted, verdict.Outcome);
        Assert.Contains(verdict.Refusal?.Code, (string?[])[ReasonCodes.Untrusted, ReasonCodes.Signature]);
    }

    [Fact]
    public void A_certificate_that_has_run_out_says_nothing_against_anybody()
    {
        var verdict = Witness.Judge(ClusterPki.First(), ClusterPki.Now.AddDays(60));

        Assert.Equal((CsrOutcome.Ignored, ReasonCodes.Expired), (verdict.Outcome, verdict.Refusal?.Code));
    }

    [Fact]
    public void G36_an_approval_after_twenty_hours_counts() => Assert.Equal(
        CsrOutcome.Issued, Judge(ClusterPki.First() with { Created = ClusterPki.Now.AddHours(-20) }).Outcome);

    [Fact]
    public void F09_the_first_certificate_of_the_status_is_the_leaf()
    {
        var csr = ClusterPki.First();
        var both = Encoding.ASCII.GetString(csr.Certificate.Span) + MatrixPki.Root.Pem;

        Assert.Equal(CsrOutcome.Issued, Judge(csr with { Certificate = Encoding.ASCII.GetBytes(both) }).Outcome);
        Refused(ReasonCodes.KeySubstituted, csr with { Certificate = ClusterPki.Signed("n1", TestKey.Ec()) });
    }

    [Theory]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nnot base64!\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nHeader: x\n\nAAAA\n-----END CERTIFICATE-----\n")]
    public void F10_a_status_with_anything_but_certificates_is_refused(string more)
    {
        var csr = ClusterPki.First();
        var text = Encoding.ASCII.GetString(csr.Certificate.Span) + more;

        Refused(ReasonCodes.Pem, csr with { Certificate = Encoding.ASCII.GetBytes(text) });
    }

    [Fact]
    public void F11_what_follows_the_request_is_kept_apart()
    {
        var csr = ClusterPki.First();
        var text = Encoding.ASCII.GetString(csr.Request.Span)
            + "-----BEGIN VM IDENTITY-----\nAAAA\n-----END VM IDENTITY-----\n";

        var verdict = Judge(csr with { Request = Encoding.ASCII.GetBytes(text) });

        Assert.Equal(CsrOutcome.Issued, verdict.Outcome);
        Assert.Equal("VM IDENTITY", Assert.Single(verdict.ExtraBlocks).Label);
    }

    [Fact]
    public void L6_the_first_request_bears_the_name_that_follows_from_its_key()
    {
        var key = TestKey.Ec();
        var names = CsrNameCheck.Of(key.Spki, Broker.Core.Names.NodeName.Parse("n1"));

        Assert.Equal(2, names.Distinct().Count());
        Assert.All(names, name => Assert.True(
            Judge(ClusterPki.First("n1", key) with { Name = name.Value }).BearsItsName));
        Assert.False(Judge(ClusterPki.First("n2", key) with { Name = names[0].Value }).BearsItsName);
        Assert.Null(Judge(ClusterPki.First("n1", key)).BearsItsName);
    }

    private static CsrVerdict Judge(ObservedCsr csr) => Witness.Judge(csr, ClusterPki.Now);

    private static void Refused(string code, ObservedCsr csr)
    {
        var verdict = Judge(csr);
        Assert.Equal((CsrOutcome.Contradicted, code), (verdict.Outcome, verdict.Refusal?.Code));
        Assert.Null(verdict.Certificate);
    }
}
