using System.Text;
using System.Text.Json;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Ctl;

/// <summary>The checker reads a folder without its broker.</summary>
public sealed class CtlVerifyTest : IDisposable
{
    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_good_folder_is_good_and_one_flipped_bit_is_named_by_its_position()
    {
        var data = _home["data"];
        var made = await BrokerProgram.RunAsync("init", "--data", data, "--pool", "pods=10.64.0.0/16");
        Assert.True(made.ExitCode == 0, made.Text);

        var good = await RunAsync(data);
        Flip(Path.Combine(data, "journal.db"));
        var bad = await RunAsync(data);
        var json = await RunAsync(data, "-o", "json");

        Assert.Equal(0, good.ExitCode);
        Assert.Contains("events are what was written; root ", good.Text, StringComparison.Ordinal);
        Assert.Equal((1, 1), (bad.ExitCode, json.ExitCode));
        using var document = JsonDocument.Parse(Brokerctl.Answer(json));
        Assert.False(document.RootElement.GetProperty("good").GetBoolean());
        var position = document.RootElement.GetProperty("position").GetInt64();
        Assert.InRange(position, 1, 10);
        Assert.Contains($"position {position}: ", bad.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_ledger_is_no_ledger()
    {
        var result = await RunAsync(_home["empty"]);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("brokerctl: ", result.Errors[0], StringComparison.Ordinal);
        Assert.False(Directory.Exists(_home["empty"]), "A look made something.");
    }

    private Task<ProgramResult> RunAsync(string data, params string[] more) =>
        Brokerctl.RunAsync("none", _home.Path, ["verify", "--data", data, .. more]);

    private static void Flip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var target = Encoding.ASCII.GetBytes("\"type\":\"pool.defined");
        var at = bytes.AsSpan().IndexOf(target);
        Assert.True(at >= 0, "The journal has no pool.defined.");
        bytes[at + target.Length - 1] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}
