using Broker.Server.Options;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.Tests.Server.Options;

public sealed class SettingsTest : IDisposable
{
    private static readonly string[] files =
        ["server.crt", "server.key", "broker-ca.crt", "node-ca.crt", "node-ca.key", "operator-ca.crt"];

    private readonly TempFolder _folder = new();

    public SettingsTest()
    {
        foreach (var file in files)
        {
            _ = _folder.Write($"pki/{file}", "x");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_empty_object_gives_the_defaults()
    {
        var settings = Read("{}").Settings!;

        Assert.Equal("0.0.0.0:8443", settings.Node!.ToString());
        Assert.Equal("127.0.0.1:8444", settings.People!.ToString());
        Assert.Null(settings.Enrol);
        Assert.Equal("127.0.0.1:8081", settings.Health!.ToString());
        Assert.Equal("rule", settings.Enrolment.Approve);
        Assert.Equal(_folder["pki/node-ca.key"], settings.Pki.NodeCaKey);
    }

    [Fact]
    public void A_cluster_needs_no_key_of_the_node_CA()
    {
        File.Delete(_folder["pki/node-ca.key"]);
        _ = _folder.Write("kubeconfig", "x");

        Assert.Null(Read("{}").Settings);
        var cluster = Read(
            """{"kubernetes":{"mode":"adopt","kubeconfig":"kubeconfig","signers":"a/b, c/d","requesters":"x"}}""")
            .Settings!.Kubernetes!;

        Assert.True(cluster.Adopts);
        Assert.Equal(["a/b", "c/d"], cluster.Witness.Signers.Order(StringComparer.Ordinal));
        Assert.Equal(["x"], cluster.Witness.Requesters);
        Assert.Equal(_folder["kubeconfig"], cluster.Kubeconfig);
        Assert.Null(Read("""{"kubernetes":{"mode":"enforce"}}""").Settings!.Kubernetes!.Kubeconfig);
    }

    [Fact]
    public void A_journal_behind_a_sidecar_needs_to_say_which_ledger_is_meant()
    {
        _ = _folder.Write("token", "secret\n");
        var good = Read(
            """
            {"journal":{"store":"dapr","dapr":{"origin":"ipam.example.org/prod","apiTokenFile":"token"}},
             "relay":{"pubSub":"ipam-events"}}
            """).Settings!;
        Assert.Equal("ipam-events", good.Relay!.PubSub);
        Assert.Equal(("ipam.example.org/prod", "secret"), (good.Dapr!.Origin, good.Dapr.ApiToken));
        Assert.Null(Read("{}").Settings!.Dapr);

        var faults = Read(
            """
            {"journal":{"store":"dapr","dapr":{
               "endpoint":"http://10.0.0.1:50001","name":"A/B","apiTokenFile":"none","callSeconds":0}}}
            """).Faults.Select(fault => fault.Key).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "journal:dapr:apiTokenFile", "journal:dapr:callSeconds", "journal:dapr:endpoint", "journal:dapr:name",
                "journal:dapr:origin",
            ],
            faults);
        Assert.Equal("relay:pubSub", Assert.Single(Read("""{"relay":{"pubSub":"x"}}""").Faults).Key);
        Assert.Equal("journal:store", Assert.Single(Read("""{"journal":{"store":"x"}}""").Faults).Key);
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var result = Read(
            """
            {
              "listen": { "node": "0.0.0.0:8444", "health": "0.0.0.0:8081", "enrol": "8445", "web": "x" },
              "enrolment": { "approve": "anybody", "tokenTtlSeconds": 5, "pendingMax": "many" },
              "limits": { "requestBytesMax": 1.5, "stopSeconds": null, "nodeConnectionsMax": [4] },
              "log": "loud", "pki": { "serverKey": "missing.key" }, "surprise": 1
            }
            """);

        Assert.Null(result.Settings);
        Assert.Equal(
            [
                "enrolment:approve", "enrolment:pendingMax", "enrolment:tokenTtlSeconds", "limits:nodeConnectionsMax",
                "limits:requestBytesMax", "limits:stopSeconds", "listen:enrol", "listen:health", "listen:people",
                "listen:web", "log", "pki:serverKey", "surprise",
            ],
            result.Faults.Select(fault => fault.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"enrolment":{"approve":""}}""", "enrolment:approve")]
    [InlineData("""{"log":{"level":""}}""", "log:level")]
    [InlineData("""{"log":{"format":""}}""", "log:format")]
    [InlineData("""{"listen":{"node":[]}}""", "listen:node")]
    [InlineData("""{"listen":{"node":{}}}""", "listen:node")]
    [InlineData("""{"listen":{"node":null}}""", "listen:node")]
    [InlineData("""{"listen":[]}""", "listen")]
    [InlineData("""{"listen":["0.0.0.0:1"]}""", "listen:0")]
    [InlineData("""{"listen":{"node":"","people":""}}""", "listen")]
    [InlineData("""{"listen":{"node":"localhost:8443"}}""", "listen:node")]
    [InlineData("""{"listen":{"node":"127.0.0.1"}}""", "listen:node")]
    [InlineData("""{"listen":{"node":"127.0.0.1:0"}}""", "listen:node")]
    [InlineData("""{"listen":{"node":"127.0.0.1:65536"}}""", "listen:node")]
    [InlineData("""{"listen":{"node":"::1:8443"}}""", "listen:node")]
    [InlineData("""{"listen":{"node":"[::]:8444"}}""", "listen:people")]
    [InlineData("""{"listen":{"node":true}}""", "listen:node")]
    [InlineData("""{"limits":{"streamHeartbeatSeconds":0}}""", "limits:streamHeartbeatSeconds")]
    [InlineData("""{"limits":{"streamHeartbeatSeconds":99999999999}}""", "limits:streamHeartbeatSeconds")]
    [InlineData("""{"limits":{"streamHeartbeatSeconds":true}}""", "limits:streamHeartbeatSeconds")]
    [InlineData("""{"limits":{"streamHeartbeatSeconds":""}}""", "limits:streamHeartbeatSeconds")]
    [InlineData("""{"kubernetes":{"mode":"maybe"}}""", "kubernetes:mode")]
    [InlineData("""{"kubernetes":{"mode":"enforce","signers":" , "}}""", "kubernetes:signers")]
    [InlineData("""{"kubernetes":{"mode":"enforce","kubeconfig":"missing"}}""", "kubernetes:kubeconfig")]
    [InlineData("""{"kubernetes":{"kubeconfig":"kubeconfig"}}""", "kubernetes:mode")]
    [InlineData("""{"kubernetes":{"bootstrapGroup":""}}""", "kubernetes:bootstrapGroup")]
    [InlineData(
        """{"kubernetes":{"mode":"enforce","annotationPrefix":"Not/one"}}""", "kubernetes:annotationPrefix")]
    [InlineData("""{"kubernetes":{"reclaimAfterSeconds":59}}""", "kubernetes:reclaimAfterSeconds")]
    [InlineData("""{"kubernetes":{"reclaimUnseenSeconds":59}}""", "kubernetes:reclaimUnseenSeconds")]
    [InlineData("""{"kubernetes":{"reclaimPercentMax":0}}""", "kubernetes:reclaimPercentMax")]
    [InlineData("""{"pki":{"nodeCaKey":""}}""", "pki:nodeCaKey")]
    [InlineData("""{"pki":{"nodeCaKey":"missing"}}""", "pki:nodeCaKey")]
    [InlineData("""{"pki":{"nodeCaKey":"../pki"}}""", "pki:nodeCaKey")]
    [InlineData("""{"limits":{"nodeRequestsPerSecond":0}}""", "limits:nodeRequestsPerSecond")]
    [InlineData("""{"limits":{"nodeRequestBurst":0}}""", "limits:nodeRequestBurst")]
    [InlineData("""{"telemetry":{"otlpEndpoint":"collector:4317"}}""", "telemetry:otlpEndpoint")]
    [InlineData("""{"telemetry":{"otlpEndpoint":"http://192.0.2.1:4317"}}""", "telemetry:otlpEndpoint")]
    [InlineData("""{"telemetry":{"otlpEndpoint":"https://a:b@collector"}}""", "telemetry:otlpEndpoint")]
    [InlineData("""{"telemetry":{"otlpProtocol":"zipkin"}}""", "telemetry:otlpProtocol")]
    public void A_fault_is_named_by_its_key(string json, string key) =>
        Assert.Equal([key], Read(json).Faults.Select(fault => fault.Key).Distinct());

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("not json")]
    [InlineData("""{"log":{"level":"error"},"log":{"level":"debug"}}""")]
    [InlineData("""{"log":{"level":"error","Level":"debug"}}""")]
    public void A_file_that_is_not_one_JSON_object_is_named(string json)
    {
        var fault = Assert.Single(Read(json).Faults);

        Assert.Equal(_folder["broker.json"], fault.Key);
        Assert.Contains("JSON", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_larger_than_any_is_not_read()
    {
        var result = Read("{" + new string(' ', SettingsReader.FileBytesMax) + "}");

        Assert.Contains("65536 bytes", Assert.Single(result.Faults).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("/nonexistent")]
    public void A_folder_without_settings_says_how_to_make_one(string folder)
    {
        var fault = Assert.Single(SettingsReader.Read(folder, new Dictionary<string, string?>()).Faults);

        Assert.Equal("--data", fault.Key);
        Assert.Contains("broker init", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_wins_over_the_file_and_is_checked_like_it()
    {
        var good = Read("""{"listen":{"node":"127.0.0.1:1"}}""", ("Listen:Node", "127.0.0.1:2"), ("listen:health", ""));
        var bad = Read("{}", ("listen", "x"), ("limits:unknown", "1"), ("log:level:deep", "x"));

        Assert.Equal("127.0.0.1:2", good.Settings!.Node!.ToString());
        Assert.Null(good.Settings.Health);
        Assert.Equal(
            ["limits:unknown", "listen", "log:level"],
            bad.Faults.Select(fault => fault.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_settings_file_of_its_own_goes_before_the_one_in_the_data_folder()
    {
        _ = _folder.Write(SettingsReader.FileName, """{"listen":{"node":"127.0.0.1:1","health":""}}""");
        var mounted = _folder.Write("mounted/broker.json", """{"listen":{"node":"127.0.0.1:2"}}""");
        var none = new Dictionary<string, string?>();

        var good = SettingsReader.Read(_folder.Path, none, mounted);
        var bad = SettingsReader.Read(_folder.Path, none, _folder["mounted/other.json"]);

        Assert.Equal("127.0.0.1:2", good.Settings!.Node!.ToString());
        Assert.NotNull(good.Settings.Health);
        Assert.Equal("--settings", Assert.Single(bad.Faults).Key);
    }

    [Fact]
    public void Every_known_key_can_be_set_by_its_name() => Assert.All(
        SettingsReader.KnownKeys(),
        pair => Assert.DoesNotContain(
            Read("{}", (pair.Key, pair.Value)).Faults,
            fault => fault.Message.Contains("not a setting", StringComparison.Ordinal)));

    private SettingsResult Read(string json, params (string Key, string Value)[] sets)
    {
        _ = _folder.Write(SettingsReader.FileName, json);
        return SettingsReader.Read(
            _folder.Path,
            sets.ToDictionary(set => set.Key, set => (string?)set.Value, StringComparer.OrdinalIgnoreCase));
    }
}
