using Broker.Cni.Errors;
using Broker.Cni.Invocation;
using Broker.Core.Names;
using CsCheck;
using Xunit;

namespace Broker.Tests.Cni;

public sealed class EnvironmentTest : IDisposable
{
    private readonly PluginRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Without_a_command_it_says_what_it_is_on_standard_error_and_succeeds()
    {
        var outcome = await _rig.RunAsync("");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        Assert.Contains("broker-ipam", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("0.3.1, 0.4.0, 1.0.0, 1.1.0", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_needs_neither_input_nor_anything_else()
    {
        var outcome = await _rig.RunWithAsync(
            "", "VERSION", "", ("CNI_NETNS", null), ("CNI_IFNAME", null), ("CNI_PATH", null));

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(
            """{"cniVersion":"1.1.0","supportedVersions":["0.3.1","0.4.0","1.0.0","1.1.0"]}""", outcome.Output.Trim());
    }

    [Theory]
    [InlineData("ADD", "CNI_CONTAINERID", "")]
    [InlineData("ADD", "CNI_CONTAINERID", "-starts-with-a-dash")]
    [InlineData("ADD", "CNI_CONTAINERID", "a/b")]
    [InlineData("ADD", "CNI_NETNS", null)]
    [InlineData("CHECK", "CNI_NETNS", "")]
    [InlineData("ADD", "CNI_IFNAME", null)]
    [InlineData("ADD", "CNI_IFNAME", "sixteen-letters-")]
    [InlineData("ADD", "CNI_IFNAME", "..")]
    [InlineData("ADD", "CNI_IFNAME", "eth0:1")]
    [InlineData("ADD", "CNI_IFNAME", "a b")]
    [InlineData("DEL", "CNI_CONTAINERID", "")]
    [InlineData("DEL", "CNI_IFNAME", "")]
    [InlineData("LIST", "CNI_COMMAND", "LIST")]
    [InlineData("add", "CNI_COMMAND", "add")]
    [InlineData("ADD", "CNI_ARGS", "no pairs")]
    [InlineData("ADD", "CNI_ARGS", "K8S_POD_NAME=p;MISSPELT=x")]
    [InlineData("ADD", "CNI_ARGS", "IgnoreUnknown=0;MISSPELT=x")]
    public async Task A_variable_that_is_missing_or_malformed_is_named_with_code_4(
        string verb, string variable, string? value)
    {
        var outcome = await _rig.RunAsync(verb, "c1", (variable, value));

        Assert.Equal((1, 4), (outcome.ExitCode, outcome.Code));
        Assert.Contains(variable, outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void All_missing_variables_are_named_at_once()
    {
        var error = Assert.Throws<CniException>(() => CniEnvironment.Read(name => name == "CNI_COMMAND" ? "ADD" : null));

        Assert.Contains("CNI_CONTAINERID,CNI_NETNS,CNI_IFNAME", error.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_come_from_the_arguments_in_any_order()
    {
        var arguments = CniArguments.Parse(
            "K8S_POD_UID=u-1;K8S_POD_INFRA_CONTAINER_ID=c;IgnoreUnknown=1;WHATEVER=x;K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web-0");

        Assert.Equal(new("shop", "web-0", "u-1"), arguments.Pod);
        Assert.Null(arguments.Ip);
    }

    [Fact]
    public void Without_labels_no_pod_is_named()
    {
        Assert.Null(CniArguments.Parse("IgnoreUnknown=true").Pod);
        Assert.Null(CniArguments.Parse("").Pod);
    }

    [Fact]
    public void A_label_that_the_broker_would_refuse_is_left_out()
    {
        var arguments = CniArguments.Parse("IgnoreUnknown=1;K8S_POD_NAME=My_Container;K8S_POD_NAMESPACE=shop");

        Assert.Equal(new("shop", "", ""), arguments.Pod);
    }

    [Fact]
    public void Whatever_the_labels_are_the_broker_takes_what_is_left_of_them() =>
        Gen.Select(Gen.String[Gen.Char["ab-._:A\u00e91"], 0, 70], Gen.String, Gen.String[Gen.Char["a.-"], 0, 260])
            .Sample((space, uid, name) => new PodIdentity(
                PodLabelRules.Namespace(space), PodLabelRules.Name(name), PodLabelRules.Uid(uid)).IsWellFormed);

    [Fact]
    public void Names_are_taken_as_the_broker_takes_them() =>
        Gen.Select(Gen.String[Gen.Char["ab-._:A/ \u00e91"], 0, 18], Gen.String[Gen.Char["ab-._:A/ \u00e91"], 0, 18])
            .Sample((name, @interface) =>
                (AttachmentRules.IsName(name) && AttachmentRules.IsInterface(@interface))
                == new Attachment(NodeUid.Parse("n"), name, name, @interface).IsWellFormed);

    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", true)]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", false)]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01", false)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", false)]
    [InlineData("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", false)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nx: y", false)]
    [InlineData("", false)]
    public void A_trace_goes_on_only_when_it_is_one(string parent, bool good)
    {
        var trace = TraceContext.Read(name => name == "TRACEPARENT" ? parent : "vendor=1");

        Assert.Equal(good ? parent : null, trace.Parent);
        Assert.Equal(good ? "vendor=1" : null, trace.State);
    }
}
