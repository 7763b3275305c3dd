using System.Text.Json.Nodes;
using Broker.Core.Names;
using Broker.Identity.Certificates;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;
using Broker.Kubernetes.Csrs;
using Broker.Kubernetes.Nodes;
using Broker.Kubernetes.Witness;
using k8s;
using k8s.Models;
using Xunit;

namespace Broker.Tests.Kubernetes;

/// <summary>
/// Objects as a real Kubernetes 1.20.2 wrote them, through the same witness as all others: its own CA, its own keys,
/// and a clock that stands where theirs stood.
/// </summary>
public sealed class RecordedFixtureTest
{
    private static readonly DateTimeOffset Then = new(2026, 11, 23, 3, 17, 15, TimeSpan.Zero);

    [Fact]
    public void A_kubelets_first_request_is_issued()
    {
        var verdict = Judge("csr-bootstrap");

        Assert.Equal((CsrOutcome.Issued, RequesterKind.Bootstrap), (verdict.Outcome, verdict.Requester));
        Assert.Equal(("node-a", "AutoApproved"), (verdict.Request!.NodeName.Value, verdict.Approval));
        Assert.Equal(verdict.Request.Key, verdict.Certificate!.Key);
        Assert.False(verdict.Custody.IsNamed);
        Assert.Null(verdict.BearsItsName);
        Assert.Null(verdict.Hold);
    }

    [Fact]
    public void Its_renewal_is_issued_without_custody_and_with_another_key()
    {
        var (first, second) = (Judge("csr-bootstrap"), Judge("csr-renewal"));

        Assert.Equal((CsrOutcome.Issued, RequesterKind.Node), (second.Outcome, second.Requester));
        Assert.Equal(first.Request!.NodeName, second.Request!.NodeName);
        Assert.NotEqual(first.Request.Key, second.Request.Key);
        Assert.False(second.Custody.IsNamed);
    }

    [Fact]
    public void A_credential_id_that_this_server_stored_is_read()
    {
        var verdict = Judge("csr-credential-id");

        Assert.Equal((CsrOutcome.Issued, RequesterKind.Node), (verdict.Outcome, verdict.Requester));
        Assert.Equal(CertificateHash.Parse(new string('0', 64)), verdict.Custody.Certificate);
    }

    [Theory]
    [InlineData("csr-pending", CsrOutcome.Pending, null)]
    [InlineData("csr-denied", CsrOutcome.Denied, ReasonCodes.CsrDenied)]
    [InlineData("csr-failed", CsrOutcome.Failed, ReasonCodes.CsrFailed)]
    [InlineData("csr-other-signer", CsrOutcome.Ignored, ReasonCodes.SignerMismatch)]
    public void What_gave_no_certificate_is_told_apart(string file, CsrOutcome outcome, string? code)
    {
        var verdict = Judge(file);

        Assert.Equal((outcome, code), (verdict.Outcome, verdict.Refusal?.Code));
        Assert.Null(verdict.Certificate);
    }

    [Fact]
    public void A_certificate_of_this_cluster_is_none_of_another_with_a_CA_of_the_same_name()
    {
        var verdict = ClusterPki.Witness().Judge(Csr("csr-bootstrap"), Then);

        Assert.Equal(CsrOutcome.Contradicted, verdict.Outcome);
        Assert.Contains(verdict.Refusal?.Code, (string?[])[ReasonCodes.Untrusted, ReasonCodes.PartialChain]);
    }

    [Fact]
    public void After_its_two_minutes_the_same_request_says_nothing_against_anybody()
    {
        var verdict = Witness().Judge(Csr("csr-bootstrap"), Then.AddHours(1));

        Assert.Equal((CsrOutcome.Ignored, ReasonCodes.Expired), (verdict.Outcome, verdict.Refusal?.Code));
    }

    [Fact]
    public void Its_Node_has_a_name_a_UID_and_a_time_that_is_later_than_its_first_request()
    {
        var node = NodeMapping.Of(KubernetesJson.Deserialize<V1Node>(Fixtures.Read("1.20.2/node.json")));

        Assert.Equal(("node-a", "33f02de8-b5a7-47f4-9594-b76c4c56ce21"), (node.Name, node.Uid));
        Assert.True(node.Created > Csr("csr-bootstrap").Created);
    }

    private static CsrVerdict Judge(string file) => Witness().Judge(Csr(file), Then);

    private static CsrWitness Witness()
    {
        var pem = (string)JsonNode.Parse(Fixtures.Read("1.20.2/authority.json"))!["certificate"]!;
        var load = TrustAnchors.Load(AnchorPurpose.Nodes, pem, Then);
        Assert.True(load.IsGood, string.Join("; ", load.Faults));
        return new CsrWitness(
            () => new CertificateExaminer(load.Anchors, ExaminerSettings.Default), new WitnessSettings());
    }

    private static ObservedCsr Csr(string file) => CsrMapping.Of(
        KubernetesJson.Deserialize<V1CertificateSigningRequest>(Fixtures.Read($"1.20.2/{file}.json")));
}
