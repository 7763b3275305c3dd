using System.Text.Json.Nodes;
using Broker.Cni.Configuration;
using Xunit;

namespace Broker.Tests.Cni;

public sealed class ConfigTest : IDisposable
{
    private readonly PluginRig _rig = new() { Broker = new ScriptedBroker() };

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task The_configuration_of_the_rig_is_good() => Assert.Equal(0, (await _rig.AddAsync("c1")).ExitCode);

    [Theory]
    [InlineData("", 6)]
    [InlineData("{", 6)]
    [InlineData("""{"name":"a","name":"b"}""", 6)]
    [InlineData("[]", 7)]
    [InlineData("""{"cniVersion":1}""", 7)]
    [InlineData("""{"cniVersion":"1.0.0","ipam":{}}""", 7)]
    [InlineData("""{"cniVersion":"1.0.0","name":"-x","ipam":{}}""", 7)]
    [InlineData("""{"cniVersion":"1.0.0","name":"x"}""", 7)]
    [InlineData("""{"cniVersion":"1.0.0","name":"x","ipam":[]}""", 7)]
    [InlineData("""{"name":"x","ipam":{}}""", 1)]
    [InlineData("""{"cniVersion":"0.2.0","name":"x","ipam":{}}""", 1)]
    [InlineData("""{"cniVersion":"9.9.9","name":"x","ipam":{}}""", 1)]
    public async Task Input_that_is_no_configuration_is_refused_with_its_code(string input, int code)
    {
        var outcome = await _rig.RunWithAsync(input, "ADD");

        Assert.Equal((1, code), (outcome.ExitCode, outcome.Code));
        Assert.NotEmpty(outcome.Json.GetProperty("details").GetString()!);
    }

    [Fact]
    public async Task Input_beyond_a_mebibyte_is_not_read_on()
    {
        var outcome = await _rig.RunWithAsync(new string(' ', NetworkConfigReader.BytesMax + 1), "ADD");

        Assert.Equal(7, outcome.Code);
        Assert.Contains("1048576", outcome.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CHECK", "0.3.1")]
    [InlineData("GC", "1.0.0")]
    [InlineData("STATUS", "1.0.0")]
    public async Task A_verb_that_is_younger_than_the_version_is_refused(string verb, string version)
    {
        _rig.Config["cniVersion"] = version;

        var outcome = await _rig.RunAsync(verb);

        Assert.Equal(1, outcome.Code);
        Assert.Equal(version, outcome.Json.GetProperty("cniVersion").GetString());
        Assert.Contains($"does not allow {verb}", outcome.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("server", "\"http://127.0.0.1:8443\"")]
    [InlineData("server", "\"https://127.0.0.1:8443/v1\"")]
    [InlineData("server", "\"127.0.0.1:8443\"")]
    [InlineData("server", "\"https://user@127.0.0.1\"")]
    [InlineData("server", "null")]
    [InlineData("caFile", "\"relative.pem\"")]
    [InlineData("caFile", "7")]
    [InlineData("certificateFile", "\"\"")]
    [InlineData("keyFile", "\"relative.pem\"")]
    [InlineData("timeoutSeconds", "0")]
    [InlineData("timeoutSeconds", "61")]
    [InlineData("timeoutSeconds", "\"5\"")]
    [InlineData("pools", "\"a\"")]
    [InlineData("pools", "[\"Upper\"]")]
    [InlineData("pools", "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\"]")]
    [InlineData("stateDir", "\"state\"")]
    [InlineData("routes", "[{\"gw\":\"10.0.0.1\"}]")]
    [InlineData("routes", "[{\"dst\":\"10.0.0.0/33\"}]")]
    [InlineData("routes", "[{\"dst\":\"10.0/8\"}]")]
    [InlineData("routes", "[{\"dst\":\"::/0\",\"gw\":\"10.0.0.1\"}]")]
    [InlineData("routes", "[{\"dst\":\"::/0\",\"gateway\":\"::1\"}]")]
    public async Task A_wrong_value_is_named_with_code_7(string key, string value)
    {
        _rig.Ipam[key] = JsonNode.Parse(value);

        var outcome = await _rig.AddAsync("c1");

        Assert.Equal(7, outcome.Code);
        Assert.Contains($"ipam.{key}", outcome.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serverr", "server")]
    [InlineData("subnet", "pools")]
    [InlineData("ranges", "pools")]
    public async Task A_key_that_is_not_ours_is_refused_by_name_where_something_is_granted(string key, string advice)
    {
        _rig.Ipam[key] = "10.0.0.0/24";

        var (add, del) = (await _rig.AddAsync("c1"), await _rig.DelAsync("c1"));

        Assert.Equal(2, add.Code);
        Assert.Contains($"ipam.{key}", add.Text, StringComparison.Ordinal);
        Assert.Contains("10.0.0.0/24", add.Text, StringComparison.Ordinal);
        Assert.Contains(advice, add.Text, StringComparison.Ordinal);
        Assert.Equal(0, del.ExitCode);
    }

    [Fact]
    public async Task The_data_folder_of_host_local_and_keys_of_others_are_passed_over()
    {
        _rig.Ipam["dataDir"] = "/var/lib/cni/networks";
        _rig.Config["capabilities"] = new JsonObject { ["ips"] = true };
        _rig.Config["isGateway"] = true;

        Assert.Equal(0, (await _rig.AddAsync("c1")).ExitCode);
    }

    [Theory]
    [InlineData("""{"runtimeConfig":{"ips":["10.0.0.9/24"]}}""", "10.0.0.9")]
    [InlineData("""{"runtimeConfig":{"ipRanges":[[{"subnet":"10.0.0.0/24"}]]}}""", "ipRanges")]
    [InlineData("""{"args":{"cni":{"ips":["10.0.0.9"]}}}""", "args.cni.ips")]
    public async Task A_wish_for_an_address_is_refused_and_never_passed_over(string more, string named)
    {
        foreach (var (key, value) in JsonNode.Parse(more)!.AsObject())
        {
            _rig.Config[key] = value!.DeepClone();
        }

        var (add, del) = (await _rig.AddAsync("c1"), await _rig.DelAsync("c1"));

        Assert.Equal(2, add.Code);
        Assert.Contains(named, add.Text, StringComparison.Ordinal);
        Assert.Equal(0, del.ExitCode);
    }

    [Fact]
    public async Task So_is_the_wish_that_podman_makes_in_the_arguments()
    {
        var outcome = await _rig.AddAsync("c1", ("CNI_ARGS", "IgnoreUnknown=1;IP=10.77.0.50"));

        Assert.Equal(2, outcome.Code);
        Assert.Contains("10.77.0.50", outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_wishes_are_none()
    {
        _rig.Config["runtimeConfig"] = new JsonObject { ["ips"] = new JsonArray(), ["mac"] = "00:11:22:33:44:55" };

        Assert.Equal(0, (await _rig.AddAsync("c1")).ExitCode);
    }
}
