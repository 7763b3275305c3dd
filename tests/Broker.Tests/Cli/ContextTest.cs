using Broker.Testing.Processes;
using Broker.Testing.Servers;
using Broker.Tests.Server;
using Xunit;

namespace Broker.Tests.Cli;

public sealed class ContextTest(BrokerFixture fixture) : IClassFixture<BrokerFixture>, IDisposable
{
    private readonly CtlShell _shell = new();

    private TestBroker Broker => fixture.Broker;

    private string ContextFile => Path.Combine(Broker.Folder, "context.json");

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_context_is_a_file_a_folder_a_variable_or_a_name()
    {
        await KnowsAsync("--context", ContextFile);
        await KnowsAsync("--context", Broker.Folder);
        _shell.Variables["BROKER_CONTEXT"] = Broker.Folder;
        await KnowsAsync();
        _shell.Variables.Clear();
        Assert.Equal(0, (await _shell.RunAsync("context", "use", Broker.Folder, "--name", "lab")).ExitCode);
        await KnowsAsync();
        await KnowsAsync("--context", "lab");
    }

    [Fact]
    public async Task The_option_counts_more_than_the_variable_and_that_more_than_the_one_in_use()
    {
        _shell.Variables["BROKER_CONTEXT"] = Broker.Folder;
        _ = await _shell.RunAsync("context", "use", Broker.Folder);
        _shell.Variables["BROKER_CONTEXT"] = "/nonexistent/context.json";

        await RefusesAsync("context_missing", "whoami");
        await KnowsAsync("--context", Broker.Folder);
    }

    [Fact]
    public async Task Use_remembers_by_name_follows_the_file_and_lists_which_is_in_use()
    {
        var other = _shell.Home.Write("other/context.json", File.ReadAllText(ContextFile));
        foreach (var file in new[] { "broker-ca.crt", "operator.crt", "operator.key" })
        {
            _ = _shell.Home.Write($"other/pki/{file}", File.ReadAllText(Broker.Folder + "/pki/" + file));
        }

        _ = await _shell.RunAsync("context", "use", Broker.Folder, "--name", "lab");
        var used = await _shell.RunAsync("context", "use", "other");
        var list = await _shell.RunAsync("context", "list", "-o", "csv");
        var back = await _shell.RunAsync("context", "use", "lab");
        var taken = await _shell.RunAsync("context", "use", other, "--name", "lab");
        File.WriteAllText(other, "{}");
        var changed = await _shell.RunAsync("--context", "other", "whoami");

        Assert.StartsWith("Using other: https://127.0.0.1:", used.Output, StringComparison.Ordinal);
        Assert.StartsWith("inUse,name,people,file\nfalse,lab,", list.Output, StringComparison.Ordinal);
        Assert.Contains("\ntrue,other,", list.Output, StringComparison.Ordinal);
        Assert.StartsWith("Using lab: ", back.Output, StringComparison.Ordinal);
        Assert.Contains("context_taken", taken.Errors, StringComparison.Ordinal);
        Assert.Contains("context_invalid", changed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_says_what_would_be_used_and_by_what_it_was_chosen()
    {
        var shown = await _shell.RunAsync("context", "show", "--context", Broker.Folder);

        Assert.Contains(ContextFile, shown.Output, StringComparison.Ordinal);
        Assert.Contains("--context", shown.Output, StringComparison.Ordinal);
        Assert.Contains("olga", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_thing_that_is_missing_or_wrong_is_named_with_what_to_do()
    {
        await RefusesAsync("context_missing: No context", "whoami");
        await RefusesAsync("context_unknown", "whoami", "--context", "prod");
        await RefusesAsync("context_missing", "whoami", "--context", "./prod");
        await RefusesAsync("context_invalid", "whoami", "--context", Write("{"));
        await RefusesAsync("context_invalid", "whoami", "--context", Write("[]"));
        await RefusesAsync("'people' is not an address", "whoami", "--context", Write("""{"people": "x"}"""));
        await RefusesAsync("'ca' is missing", "whoami", "--context", Write("""{"people": "https://h:1"}"""));
        await RefusesAsync("there is no such file", "whoami", "--context", Write(Context("none.crt", "none", "none")));
        var pki = Broker.Folder + "/pki/";
        var text = _shell.Home.Write("text", "no PEM");
        await RefusesAsync("it holds no certificate", "whoami", "--context",
            Write(Context(text, pki + "operator.crt", pki + "operator.key")));
        await RefusesAsync("The certificate", "whoami", "--context",
            Write(Context(pki + "broker-ca.crt", text, pki + "operator.key")));
        await RefusesAsync("it is not the private key of the certificate", "whoami", "--context",
            Write(Context(pki + "broker-ca.crt", pki + "operator.crt", pki + "server.key")));
    }

    [Fact]
    public async Task A_broker_that_does_not_answer_ends_with_69_and_what_to_check()
    {
        var pki = Broker.Folder + "/pki/";
        var port = FreePort.Take();
        var nobody = Write(Context(pki + "broker-ca.crt", pki + "operator.crt", pki + "operator.key")
            .Replace("https://h:1", $"https://127.0.0.1:{port}", StringComparison.Ordinal));
        var strange = Write(Context(pki + "node-ca.crt", pki + "operator.crt", pki + "operator.key")
            .Replace("https://h:1", Broker.AddressOf(TestListener.People).ToString(), StringComparison.Ordinal));

        var silent = await _shell.RunAsync("whoami", "--context", nobody);
        var untrusted = await _shell.RunAsync("whoami", "--context", strange);

        Assert.Equal((69, 69), (silent.ExitCode, untrusted.ExitCode));
        Assert.Contains("Is the broker running", silent.Errors, StringComparison.Ordinal);
        Assert.Contains("TLS failed", untrusted.Errors, StringComparison.Ordinal);
    }

    private static string Context(string ca, string certificate, string key) =>
        System.Text.Json.JsonSerializer.Serialize(new { people = "https://h:1", ca, certificate, key });

    private string Write(string text) => _shell.Home.Write($"context-{Guid.NewGuid():N}.json", text);

    private async Task KnowsAsync(params string[] more)
    {
        var me = await _shell.RunAsync(["whoami", .. more]);

        Assert.True(me.ExitCode == 0, me.Errors);
        Assert.Contains("operator olga", me.Output, StringComparison.Ordinal);
    }

    private async Task RefusesAsync(string says, params string[] arguments)
    {
        var result = await _shell.RunAsync(arguments);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(says, result.Errors, StringComparison.Ordinal);
        Assert.StartsWith("brokerctl: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("\n  ", result.Errors, StringComparison.Ordinal);
    }
}
