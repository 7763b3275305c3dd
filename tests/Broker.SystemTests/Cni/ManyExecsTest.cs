using System.Text.Json.Nodes;
using Broker.Testing;
using Broker.Testing.Processes;
using Xunit;

namespace Broker.SystemTests.Cni;

/// <summary>A node that starts: many execs at once, and a broker that takes four connections of it.</summary>
public sealed class ManyExecsTest
{
    private const int Execs = 100;
    private const int AtOnce = 20;

    [Fact]
    public async Task A_hundred_ADDs_twenty_at_a_time_get_an_address_each_and_DEL_gives_all_back()
    {
        await using var world = await CniWorld.StartAsync();
        var config = world.Config("pods");
        config["ipam"]!["timeoutSeconds"] = 60;

        var added = await ManyAsync(number => world.CallOursAsync("ADD", config, $"pod-{number}"));
        Assert.All(added, call => Assert.True(call.ExitCode == 0, call.Output + call.Errors));
        var addresses = added.SelectMany(call => call.Addresses).Order().ToList();
        var held = (await world.LeasesAsync()).Select(lease => lease.Address).Order();

        Assert.Equal(2 * Execs, addresses.Distinct().Count());
        Assert.Equal(held, addresses);
        var deleted = await ManyAsync(number => world.CallOursAsync("DEL", config, $"pod-{number}"));
        Assert.All(deleted, call => Assert.Equal(0, call.ExitCode));
        await MendAsync(world, config);
        Assert.Empty(await world.LeasesAsync());
    }

    [Fact]
    public async Task Execs_that_are_killed_at_any_moment_leave_nothing_that_DEL_or_GC_does_not_mend()
    {
        await using var world = await CniWorld.StartAsync();
        var config = world.Config("pods");
        config["cniVersion"] = "1.1.0";
        config["ipam"]!["timeoutSeconds"] = 1;
        var seed = TestSize.Of("CNI_SEED", Environment.TickCount & 0xFFFF);
        TestContext.Current.SendDiagnosticMessage($"BROKER_TEST_CNI_SEED={seed}");
        var random = new Random(seed);

        for (var number = 0; number < 40; number++)
        {
            await KillAsync(world, config, random.Next(4) == 0 ? "DEL" : "ADD", $"pod-{number}", random.Next(40));
        }

        // What a runtime knows of it deletes; the rest is left to GC, which spares what is young.
        for (var number = 0; number < 20; number++)
        {
            Assert.Equal(0, (await world.CallOursAsync("DEL", config, $"pod-{number}")).ExitCode);
        }

        config["cni.dev/valid-attachments"] = new JsonArray();
        await Eventually.HoldsAsync(
            $"GC mends what seed {seed} left",
            async () =>
            {
                var swept = await world.CallOursAsync("GC", config, "");
                Assert.True(swept.ExitCode == 0, swept.Output + swept.Errors);
                return (await world.LeasesAsync()).Count == 0;
            },
            TimeSpan.FromMinutes(1));
        Assert.Empty(world.Releases);
        Assert.Equal(0, (await world.CallOursAsync("ADD", config, "after")).ExitCode);
    }

    private static async Task KillAsync(
        CniWorld world, JsonObject config, string verb, string container, int milliseconds)
    {
        using var process = PluginCall.Start(
            PublishedPlugin.Program, config.ToJsonString(), [], world.Variables(verb, container, "/any", "eth0"));
        // A moment of its life is what this test draws; nothing is waited for.
        await Task.Delay(milliseconds);
        process.Kill();
        await process.WaitForExitAsync();
    }

    // A DEL that had to wait too long was kept; the next execs tell the broker.
    private static Task MendAsync(CniWorld world, JsonObject config) => Eventually.HoldsAsync(
        "kept releases are told",
        async () =>
        {
            if (world.Releases.Length == 0)
            {
                return true;
            }

            _ = await world.CallOursAsync("DEL", config, "nobody");
            return false;
        },
        TimeSpan.FromMinutes(1));

    private static async Task<IReadOnlyList<PluginCall>> ManyAsync(Func<int, Task<PluginCall>> call)
    {
        var calls = new PluginCall[Execs];
        await Parallel.ForAsync(
            0,
            Execs,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, _) => calls[number] = await call(number));
        return calls;
    }
}
