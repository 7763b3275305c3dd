using System.Text.Json.Nodes;
using Broker.Cni.Brokers;
using Broker.Cni.Configuration;
using Broker.Cni.Invocation;
using Broker.Cni.Results;
using Xunit;

namespace Broker.Tests.Cni;

/// <summary>The bytes that go to standard output, by version of the specification.</summary>
public sealed class ResultTest : IDisposable
{
    private static readonly GrantedAddress[] both = [new("10.1.0.5", 24, "10.1.0.1"), new("fd00::5", 128, null)];
    private readonly PluginRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("0.3.1")]
    [InlineData("0.4.0")]
    public void Before_1_0_each_address_names_its_family(string version) => Assert.Equal(
        $$"""
        {"cniVersion":"{{version}}","ips":[{"version":"4","address":"10.1.0.5/24","gateway":"10.1.0.1"},{"version":"6","address":"fd00::5/128"}]}
        """,
        Success(version));

    [Theory]
    [InlineData("1.0.0")]
    [InlineData("1.1.0")]
    public void From_1_0_on_it_does_not(string version) => Assert.Equal(
        $$"""
        {"cniVersion":"{{version}}","ips":[{"address":"10.1.0.5/24","gateway":"10.1.0.1"},{"address":"fd00::5/128"}]}
        """,
        Success(version));

    [Theory]
    [InlineData("1.0.0", "")]
    [InlineData("1.1.0", ",\"mtu\":1400,\"table\":7")]
    public void Routes_are_passed_through_as_far_as_the_version_knows_them(string version, string metrics)
    {
        _rig.Ipam["routes"] = JsonNode.Parse(
            """[{"dst":"0.0.0.0/0"},{"dst":"fd01::/64","gw":"fd00::1","mtu":1400,"table":7}]""");

        Assert.EndsWith(
            $$""","routes":[{"dst":"0.0.0.0/0"},{"dst":"fd01::/64","gw":"fd00::1"{{metrics}}}]}""", Success(version));
    }

    [Fact]
    public void DNS_comes_from_the_network()
    {
        _rig.Config["dns"] = JsonNode.Parse("""{"nameservers":["10.0.0.10"],"search":["a.example"],"domain":"b"}""");

        Assert.EndsWith(
            ""","dns":{"nameservers":["10.0.0.10"],"domain":"b","search":["a.example"]}}""", Success("1.0.0"));
    }

    [Fact]
    public void Or_from_the_file_that_ipam_names()
    {
        _rig.Config["dns"] = JsonNode.Parse("""{"nameservers":["10.0.0.10"]}""");
        _rig.Ipam["resolvConf"] = _rig.Folder.Write(
            "resolv.conf",
            "# a comment\nnameserver 10.0.0.11\nnameserver\t fd00::11 \nsearch a.example b.example\noptions ndots:5\nbad\n");

        Assert.EndsWith(
            ""","dns":{"nameservers":["10.0.0.11","fd00::11"],"search":["a.example","b.example"],"options":["ndots:5"]}}""",
            Success("1.0.0"));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_an_error_of_input_and_output()
    {
        _rig.Broker = new ScriptedBroker();
        _rig.Ipam["resolvConf"] = _rig.Folder["nowhere"];

        var outcome = await _rig.AddAsync("c1");

        Assert.Equal(5, outcome.Code);
        Assert.Contains("ipam.resolvConf", outcome.Text, StringComparison.Ordinal);
        Assert.Contains("nowhere", outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_has_the_version_of_the_configuration()
    {
        _rig.Config["cniVersion"] = "0.4.0";
        _rig.Broker = new ScriptedBroker().Refuses("pool_exhausted", 507);

        var outcome = await _rig.AddAsync("c1");

        Assert.Equal(
            """
            {"cniVersion":"0.4.0","code":101,"msg":"broker refused: Title. Detail. (pool_exhausted)","details":"Next."}
            """,
            outcome.Output.Trim());
    }

    private string Success(string version)
    {
        _rig.Config["cniVersion"] = version;
        using var document = NetworkConfigReader.Decode(System.Text.Encoding.UTF8.GetBytes(_rig.Config.ToJsonString()));
        var environment = new CniEnvironment(CniVerb.Add, "c1", "eth0", CniArguments.None, TraceContext.None);
        var config = NetworkConfigReader.Read(document.RootElement, environment);
        return System.Text.Encoding.UTF8.GetString(ResultWriter.Success(config, both)).TrimEnd('\n');
    }
}
