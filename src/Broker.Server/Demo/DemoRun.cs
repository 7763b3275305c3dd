using Broker.Server.Hosting;
using Broker.Server.Init;
using Broker.Server.Options;

namespace Broker.Server.Demo;

/// <summary>
/// Makes a ledger in a temporary folder, serves it, plays the acts, and cleans up whatever happens.
/// </summary>
internal sealed class DemoRun(DemoScreen screen, DemoChoices choices)
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var folder = DemoFolder.Create(choices.Keep);
        var data = Path.Combine(folder.Path, "ledger");
        var listen = DemoPorts.Take();
        var plan = new InitPlan(data, "broker.local/demo", ["localhost", "127.0.0.1"], "demo-operator", listen, []);
        await DataFolder.CreateAsync(plan, TimeProvider.System, cancellation);
        var overrides = new Dictionary<string, string?> { ["log:level"] = "error", ["log:format"] = "text" };
        var settings = SettingsReader.Read(data, overrides).Settings
            ?? throw new InvalidOperationException("The demo's own settings have a fault.");
        var host = await BrokerHost.StartAsync(settings, TimeProvider.System, cancellation);
        DemoStory story;
        await using (host)
        {
            using var world = new DemoWorld(data, listen);
            screen.Title("Broker: node identity and certificate-bound IPAM. A whole ledger, played in seven acts.");
            screen.Plain("The commands below work in another shell while this runs, once you have set:");
            screen.Plain($"   D={data} N=https://{listen.Node} P=https://{listen.People}");
            await PlayAsync(new DemoActs(world, screen), cancellation);
            if (!choices.Once && !choices.Tamper)
            {
                await StayAsync(cancellation);
            }

            story = world.Story;
        }

        // The broker has stopped: nothing can be said after the last line any more.
        if (choices.Tamper)
        {
            await new DemoTamper(screen).RunAsync(data, Path.Combine(folder.Path, "tampered"), cancellation);
        }

        folder.Dispose();
        var where = choices.Keep ? $", kept in {data}" : string.Empty;
        screen.Ok($"{story.Size} events, root {DemoScreen.Short(story.Root)}{where}");
        return ExitCodes.Good;
    }

    private static async Task PlayAsync(DemoActs acts, CancellationToken cancellation)
    {
        await acts.LedgerAsync(cancellation);
        await acts.EnrolAsync(cancellation);
        await acts.BlocksAsync(cancellation);
        await acts.LeasesAsync(cancellation);
        await acts.ForgerAsync(cancellation);
        await acts.WhoAsync(cancellation);
        await acts.ReplayAsync(cancellation);
    }

    private async Task StayAsync(CancellationToken cancellation)
    {
        screen.Plain(string.Empty);
        screen.Title("The broker stays up until Ctrl-C. To try next, in another shell:");
        screen.Command("curl -K $D/operator.curl -N $P/v1/events");
        screen.Command("curl -K $D/operator.curl -X POST $P/v1/nodes/node-a/fence");
        screen.Command("curl -K $D/node-a.curl $N/v1/leases    # refused: node_fenced");
        screen.Command("curl -K $D/operator.curl -X POST $P/v1/nodes/node-a/readmit");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException)
        {
            screen.Plain(string.Empty);
        }
    }
}
