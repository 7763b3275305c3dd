using System.CommandLine;
using Broker.Agent.ApiServers;
using Broker.Agent.Bootstrap;
using Broker.Agent.Hosting;
using Broker.Agent.Requests;
using Broker.Core.Names;

namespace Broker.Agent.Cli;

/// <summary><c>broker-agent bootstrap</c>: a node's client certificate from the Kubernetes API server.</summary>
internal static class BootstrapCommand
{
    private const int WaitSecondsMax = 86_400;

    private const string Description =
        """
        Get a node's client certificate from a Kubernetes cluster, where no kubelet does.

        Makes a key, files a CertificateSigningRequest with a bootstrap token, waits for its approval, checks what comes
        back, and stores certificate and key in one file. With --rotate it stays and renews with the certificate itself;
        only an expired one sends it back to the token. A certificate of this node that is there and valid is kept.

        Examples:
          broker-agent bootstrap --bootstrap-kubeconfig bootstrap.conf --certificate-file /var/lib/broker/node.pem
          broker-agent bootstrap --server https://10.0.0.1:6443 --ca-file ca.crt --token-file token \
            --certificate-file /var/lib/broker/node.pem --node-name node-a --rotate

        Exit codes: 0 stored, or there already; 1 no certificate, and a code on standard error says why
        (request_denied, request_failed, request_pending, credentials_refused, not_allowed, clock_wrong, ...);
        2 wrong usage; 130 interrupted.
        """;

    public static Command Create()
    {
        var kubeconfig = Path(
            "--bootstrap-kubeconfig", "A kubeconfig with the API server, its CA and a bootstrap token.");
        var server = new Option<string?>("--server")
        {
            Description = "The API server, instead of a kubeconfig.",
            HelpName = "https://HOST:PORT",
        };
        var ca = Path("--ca-file", "With --server: the CAs that the API server's certificate may chain to, as PEM.");
        var token = Path("--token-file", "With --server: a file that holds the bootstrap token.");
        var file = Path("--certificate-file", "Where certificate and key go, as one PEM file with mode 0600.");
        file.Required = true;
        var node = new Option<string>("--node-name")
        {
            Description = "The node's name.",
            DefaultValueFactory = _ => Environment.MachineName.ToLowerInvariant(),
            HelpName = "NAME",
        };
        var usages = new Option<UsageChoice>("--usages")
        {
            Description = "The key usages to ask for. Auto asks the API server for its version: before 1.27 requests "
                + "without key encipherment (modern) are not approved by rule.",
            DefaultValueFactory = _ => UsageChoice.Auto,
        };
        var wait = new Option<int>("--wait-seconds")
        {
            Description = $"How long an approval may take, 1 to {WaitSecondsMax}.",
            DefaultValueFactory = _ => 900,
            HelpName = "SECONDS",
        };
        var rotate = new Option<bool>("--rotate")
        {
            Description = "Stay, and renew the certificate with itself at 70 to 90 % of its lifetime.",
        };
        var command = new Command("bootstrap", Description)
        {
            kubeconfig, server, ca, token, file, node, usages, wait, rotate,
        };
        command.SetAction((result, cancellation) => RunAsync(
            new BootstrapPlan(
                NodeNameOf(result.GetRequiredValue(node)),
                () => result.GetValue(kubeconfig) is { } config
                    ? KubeconfigOf(config, result.GetValue(server), result.GetValue(ca), result.GetValue(token))
                    : AccessOf(result.GetValue(server), result.GetValue(ca), result.GetValue(token)),
                result.GetRequiredValue(file)!,
                result.GetValue(usages),
                TimeSpan.FromSeconds(WaitOf(result.GetValue(wait))),
                result.GetValue(rotate)),
            cancellation));
        return command;
    }

    private static Option<string?> Path(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE" };

    private static async Task<int> RunAsync(BootstrapPlan plan, CancellationToken cancellation)
    {
        _ = plan.Access(); // Whatever is wrong with it is told before anything else is done.
        var run = new BootstrapRun(plan, TimeProvider.System, Random.Shared.NextDouble, Console.WriteLine);
        await run.RunAsync(cancellation);
        return ExitCodes.Good;
    }

    private static ApiServerAccess KubeconfigOf(string kubeconfig, string? server, string? ca, string? token)
    {
        if (server is not null || ca is not null || token is not null)
        {
            throw new AgentFailureException(
                "options_contradict", "Give --bootstrap-kubeconfig, or --server with --ca-file and --token-file.");
        }

        var access = KubeconfigReader.Read(kubeconfig);
        return access.Token is not null || access.Certificate is not null ? access : throw new AgentFailureException(
            "kubeconfig_invalid", $"{kubeconfig}: its user has neither a token nor a client certificate.");
    }

    private static ApiServerAccess AccessOf(string? server, string? ca, string? token) =>
        server is null || ca is null || token is null
            ? throw new AgentFailureException(
                "options_missing", "Give --bootstrap-kubeconfig, or --server with --ca-file and --token-file.")
            : new ApiServerAccess(
                AccessFiles.Server(server),
                AccessFiles.Anchors(AccessFiles.Text(ca), ca),
                AccessFiles.Token(AccessFiles.Text(token), token),
                null);

    private static string NodeNameOf(string text) => NodeName.TryParse(text, out var name)
        ? name.ToString()
        : throw new AgentFailureException("node_name_invalid", $"--node-name: '{text}' is no name of a node.");

    private static int WaitOf(int seconds) => seconds is > 0 and <= WaitSecondsMax
        ? seconds
        : throw new AgentFailureException("wait_invalid", $"--wait-seconds: 1 to {WaitSecondsMax}, not {seconds}.");
}
