using System.CommandLine;
using Broker.Identity.Trust;
using Broker.Kubernetes.Client;
using Broker.Server.Hosting;

namespace Broker.Server.Cli;

/// <summary><c>broker node-ca</c>: the CA of a cluster's nodes, as its API server publishes it.</summary>
internal static class NodeCaCommand
{
    public static Command Create()
    {
        var output = new Option<string>("--out")
        {
            Description = "The file to write, for pki:nodeCa; one that is there is replaced.",
            Required = true,
            HelpName = "FILE",
        };
        var kubeconfig = new Option<string?>("--kubeconfig")
        {
            Description = "How to reach the API server; left out, as the pod's service account.",
            HelpName = "FILE",
        };
        var command = new Command("node-ca", "Write the CA of a cluster's node certificates to a file.")
        {
            output, kubeconfig,
        };
        command.SetAction((result, cancellation) => RunAsync(
            Path.GetFullPath(result.GetRequiredValue(output)), result.GetValue(kubeconfig), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string file, string? kubeconfig, CancellationToken cancellation)
    {
        try
        {
            using var connection = ClusterConnection.Connect(kubeconfig);
            var pem = await PublishedAuthorities.ReadAsync(connection, cancellation);
            var load = TrustAnchors.Load(AnchorPurpose.Nodes, pem, TimeProvider.System.GetUtcNow());
            if (load.Anchors is not { } anchors)
            {
                throw new StartFailureException(
                    "trust_anchors", string.Join(" ", load.Faults.Select(fault => fault.Detail)));
            }

            // Renamed into place: whoever reads it meanwhile has the old one whole, or the new one.
            await File.WriteAllTextAsync(file + ".next", pem, cancellation);
            File.Move(file + ".next", file, overwrite: true);
            Console.WriteLine($"Wrote {file}: {anchors.Roots.Count} CA(s) of the cluster's client certificates.");
            return ExitCodes.Good;
        }
        catch (ClusterSettingsException error)
        {
            throw new StartFailureException("kubernetes", error.Message, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartFailureException("folder_unusable", $"{file}: {error.Message}", error);
        }
    }
}
