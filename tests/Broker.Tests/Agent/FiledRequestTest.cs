using System.Text.Json;
using Broker.Agent.Hosting;
using Broker.Agent.Requests;
using Broker.Tests.House;
using Xunit;

namespace Broker.Tests.Agent;

/// <summary>What the agent reads from its request, on objects that a real API server wrote.</summary>
public sealed class FiledRequestTest
{
    [Theory]
    [InlineData("csr-bootstrap")]
    [InlineData("csr-renewal")]
    public void An_issued_certificate_is_PEM(string name)
    {
        var csr = Recorded(name);

        Assert.StartsWith("-----BEGIN CERTIFICATE-----", FiledRequest.Of(csr).Issued(csr), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csr-pending")]
    [InlineData("csr-other-signer")]
    public void An_undecided_request_is_waited_for(string name)
    {
        var csr = Recorded(name);

        Assert.Null(FiledRequest.Of(csr).Issued(csr));
    }

    [Theory]
    [InlineData("csr-denied", "request_denied", "not one of ours")]
    [InlineData("csr-failed", "request_failed", "usages did not match")]
    public void A_refusal_ends_it_with_the_reason_that_was_given(string name, string code, string reason)
    {
        var csr = Recorded(name);

        var failure = Assert.Throws<AgentFailureException>(() => FiledRequest.Of(csr).Issued(csr));

        Assert.Equal(code, failure.Code);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_of_the_same_name_with_another_UID_is_not_ours()
    {
        var filed = FiledRequest.Of(Recorded("csr-pending")) with { Uid = "another" };

        var failure = Assert.Throws<AgentFailureException>(() => filed.Issued(Recorded("csr-pending")));

        Assert.Equal("request_replaced", failure.Code);
    }

    [Fact]
    public void An_object_that_is_gone_is_asked_for_anew()
    {
        var filed = FiledRequest.Of(Recorded("csr-pending"));

        Assert.Equal("request_gone", Assert.Throws<AgentFailureException>(() => filed.Issued(null)).Code);
    }

    [Theory]
    [InlineData("""{"major":"1","minor":"20"}""", "Legacy")]
    [InlineData("""{"major":"1","minor":"26+"}""", "Legacy")]
    [InlineData("""{"major":"1","minor":"27"}""", "Modern")]
    [InlineData("""{"major":"1","minor":"33+"}""", "Modern")]
    [InlineData("""{}""", "Modern")]
    [InlineData("""[]""", "Modern")]
    public void The_servers_version_decides_the_usages(string version, string choice) =>
        Assert.Equal(choice, UsageRules.ForVersion(JsonDocument.Parse(version).RootElement).ToString());

    private static JsonElement Recorded(string name) => JsonDocument.Parse(File.ReadAllText(
        RepositoryRoot.Full($"tests/Broker.Tests/Kubernetes/Fixtures/1.20.2/{name}.json"))).RootElement;
}
