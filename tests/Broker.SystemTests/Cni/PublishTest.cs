using Broker.Testing;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Cni;

/// <summary>The published program itself.</summary>
public sealed class PublishTest
{
    private const long BytesMax = 6_000_000;

    [Fact]
    public async Task It_is_one_small_file_that_the_compiler_has_nothing_to_say_about()
    {
        var published = await PublishedPlugin.ReadyAsync();

        Assert.DoesNotContain("warning", published.Text, StringComparison.OrdinalIgnoreCase);
        var bytes = new FileInfo(PublishedPlugin.Program).Length;
        Assert.InRange(bytes, 1, BytesMax);
        Figures.Add("plugin bytes", bytes);
    }

    [Fact]
    public async Task It_speaks_without_a_broker()
    {
        _ = await PublishedPlugin.ReadyAsync();

        var about = await Tool.TryAsync(PublishedPlugin.Program);
        var version = await PluginCall.RunAsync(PublishedPlugin.Program, "", ("CNI_COMMAND", "VERSION"));

        Assert.Equal(0, about.ExitCode);
        Assert.Equal(about.Output, about.Errors);
        Assert.Equal("1.1.0", version.Json.GetProperty("cniVersion").GetString());
    }

    [Fact]
    public async Task It_reads_no_certificate_but_those_that_it_is_given()
    {
        Requires.Command("strace", "strace");
        await using var world = await CniWorld.StartAsync();
        using var temp = new TempFolder();
        var trace = temp["trace"];

        var added = await PluginCall.RunAsync(
            "strace",
            world.Config("pods").ToJsonString(),
            ["-f", "-qq", "-e", "trace=openat,open", "-o", trace, PublishedPlugin.Program],
            world.Variables("ADD", "traced", "/any", "eth0"));

        Assert.True(added.ExitCode == 0, added.Output + added.Errors);
        var opened = File.ReadAllLines(trace);
        Assert.Contains(opened, line => line.Contains(world.CaFile, StringComparison.Ordinal));
        Assert.DoesNotContain(opened, line => line.Contains("ssl/certs", StringComparison.Ordinal));
    }
}
