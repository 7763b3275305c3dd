using System.CommandLine;
using Broker.Agent.ApiServers;
using Broker.Agent.Blocks;
using Broker.Agent.Certificates;
using Broker.Agent.Hosting;
using Broker.Client;

namespace Broker.Agent.Cli;

/// <summary>
/// <c>broker-agent blocks</c>: a node without the plugin gets its blocks; where they are podCIDRs, the broker writes
/// them on its Node.
/// </summary>
internal static class BlocksCommand
{
    private const int WaitSecondsMax = 86_400;

    public static Command Create()
    {
        var broker = new Option<string>("--broker")
        {
            Description = "The broker's node listener.",
            HelpName = "https://HOST:PORT",
            Required = true,
        };
        var ca = File("--ca-file", "The CAs that the broker's certificate may chain to, as PEM.");
        var certificate = File(
            "--certificate-file", "The node's certificate with its key, as 'bootstrap' or a kubelet keeps it.");
        var request = File(
            "--request-file", "Where the id of the request lies, so that a try that was interrupted is repeated.");
        var wait = new Option<int>("--wait-seconds")
        {
            Description = $"How long it may wait for what passes, 0 to {WaitSecondsMax}.",
            DefaultValueFactory = _ => 300,
            HelpName = "SECONDS",
        };
        var command = new Command(
            "blocks", "Ask the broker for the node's blocks, and print them, a CIDR a line. Without the plugin, once.")
        {
            broker, ca, certificate, request, wait,
        };
        command.SetAction((result, cancellation) =>
        {
            var (caFile, certificateFile) = (result.GetRequiredValue(ca), result.GetRequiredValue(certificate));
            return RunAsync(
                new BlocksPlan(
                    new BrokerEndpoint(
                        AccessFiles.Server(result.GetRequiredValue(broker)),
                        AccessFiles.Anchors(AccessFiles.Text(caFile), caFile),
                        IssuedCertificate.Read(AccessFiles.Text(certificateFile), certificateFile).Certificate),
                    result.GetRequiredValue(request),
                    TimeSpan.FromSeconds(WaitOf(result.GetValue(wait)))),
                cancellation);
        });
        return command;
    }

    private static Option<string> File(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE", Required = true };

    private static async Task<int> RunAsync(BlocksPlan plan, CancellationToken cancellation)
    {
        using var connection = new BrokerConnection(plan.Endpoint);
        var run = new BlocksRun(plan, new NodeApi(connection), TimeProvider.System, Console.Error.WriteLine);
        foreach (var block in await run.RunAsync(cancellation))
        {
            Console.WriteLine(block.Block);
        }

        return ExitCodes.Good;
    }

    private static int WaitOf(int seconds) => seconds is >= 0 and <= WaitSecondsMax
        ? seconds
        : throw new AgentFailureException("wait_invalid", $"--wait-seconds: 0 to {WaitSecondsMax}, not {seconds}.");
}
