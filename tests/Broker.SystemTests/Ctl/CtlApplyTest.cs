using System.Text.Json;
using Xunit;

namespace Broker.SystemTests.Ctl;

public sealed class CtlApplyTest(CtlFixture fixture) : IClassFixture<CtlFixture>
{
    [Fact]
    public async Task A_file_is_planned_with_2_applied_with_0_and_then_there_is_nothing_to_do()
    {
        var file = Write("""
            pools:
              - name: lan
                cidr: 192.168.64.0/24
                blockPrefixLength: 27
                network: flat
              - name: pods-v4
                cidr: 10.64.0.0/16
                blockCooldownSeconds: 300
            """);

        var plan = await fixture.RunAsync("pools", "apply", "-f", file, "--dry-run");
        Assert.Equal(2, plan.ExitCode);
        Assert.Contains("+ lan", plan.Text, StringComparison.Ordinal);
        Assert.Contains("blockCooldownSeconds: 600 -> 300", plan.Text, StringComparison.Ordinal);
        Assert.Matches("pods-v6 +not in the file, left alone", plan.Text);
        Assert.Contains("Plan: 1 to create, 1 to change, 1 not in the file.", plan.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("lan", await fixture.DoesAsync("pools", "list"), StringComparison.Ordinal);

        Assert.Contains("Applied: ", await fixture.DoesAsync("pools", "apply", "-f", file), StringComparison.Ordinal);
        Assert.Contains("block 5 min", await fixture.DoesAsync("pools", "show", "pods-v4"), StringComparison.Ordinal);
        var nothing = await fixture.DoesAsync("pools", "apply", "-f", file, "--dry-run");
        Assert.Contains("Plan: 2 unchanged, 1 not in the file.", nothing, StringComparison.Ordinal);

        var open = Write("- {name: lan, cidr: 192.168.64.0/24, open: true, blocksPerNodeMax: 1}");
        Assert.Equal(2, (await fixture.RunAsync("pools", "apply", "-f", open, "--dry-run")).ExitCode);
        _ = await fixture.DoesAsync("pools", "apply", "-f", open);
        Assert.Matches("state +open", await fixture.DoesAsync("pools", "show", "lan"));
        var further = Write("- {name: lan, cidr: 192.168.64.0/24, blocksPerNodeMax: 2}");
        _ = await fixture.DoesAsync("pools", "apply", "-f", further);
        Assert.Contains("at most 2", await fixture.DoesAsync("pools", "show", "lan"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_one_change_would_be_refused_none_is_made_and_all_refusals_are_named()
    {
        var file = Write("""
            - {name: good, cidr: 10.200.0.0/24}
            - {name: clash, cidr: 10.64.128.0/24}
            - {name: pods-v6, cidr: "fd64::/48", blockPrefixLength: 120}
            """);

        var dry = await fixture.RunAsync("pools", "apply", "-f", file, "--dry-run", "-o", "json");
        var real = await fixture.RunAsync("pools", "apply", "-f", file);

        Assert.Equal((1, 1), (dry.ExitCode, real.ExitCode));
        Assert.Contains("2 of 3 changes would be refused; nothing was changed", real.Text, StringComparison.Ordinal);
        Assert.Contains("pool_overlaps", real.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("good", await fixture.DoesAsync("pools", "list"), StringComparison.Ordinal);
        using var plan = JsonDocument.Parse(Brokerctl.Answer(dry));
        Assert.False(plan.RootElement.GetProperty("applied").GetBoolean());
        Assert.Equal(
            ["none", "pool_overlaps", "refused"],
            plan.RootElement.GetProperty("pools").EnumerateArray().Take(3).Select(pool =>
                pool.GetProperty("refusal") is not { ValueKind: JsonValueKind.Object } refusal ? "none"
                : refusal.GetProperty("code").GetString() == "pool_overlaps" ? "pool_overlaps"
                : "refused"));
    }

    [Fact]
    public async Task A_file_with_faults_is_refused_with_all_of_them()
    {
        var bad = await fixture.RunAsync("pools", "apply", "-f", Write("- name: x\n  cdir: 10.0.0.0/8\n"));
        var none = await fixture.RunAsync("pools", "apply", "-f", "nowhere.yaml");

        Assert.Equal((1, 1), (bad.ExitCode, none.ExitCode));
        Assert.Contains("line 2, column 3: 'cdir' is not known here", bad.Text, StringComparison.Ordinal);
        Assert.Contains("line 1, column 3: 'cidr' is missing.", bad.Text, StringComparison.Ordinal);
        Assert.Contains("brokerctl: file_unreadable", none.Text, StringComparison.Ordinal);
    }

    private string Write(string yaml) => fixture.Home.Write($"{Guid.NewGuid():N}.yaml", yaml);
}
