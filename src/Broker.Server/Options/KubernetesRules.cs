using Broker.Core.Names;
using Broker.Kubernetes.Leaks;
using Broker.Kubernetes.Witness;

namespace Broker.Server.Options;

/// <summary>What must hold of the settings of a cluster; each fault names its key.</summary>
internal static class KubernetesRules
{
    /// <summary>Null when no cluster is witnessed.</summary>
    public static KubernetesSettings? Check(string folder, KubernetesOptions options, List<SettingsFault> faults)
    {
        if (options.Mode == KubernetesOptions.Off)
        {
            if (options.Kubeconfig.Length > 0)
            {
                faults.Add(new("kubernetes:mode", "is off, and a kubeconfig is set: set both or neither."));
            }

            return null;
        }

        var signers = ListOf(options.Signers);
        if (signers.Count == 0)
        {
            faults.Add(new("kubernetes:signers", "names no signer: no certificate would ever count."));
        }

        if (!NameRules.IsSubdomain(options.AnnotationPrefix))
        {
            faults.Add(new("kubernetes:annotationPrefix", "is not a DNS subdomain: no annotation has such a prefix."));
        }

        string? kubeconfig = null;
        if (options.Kubeconfig.Length > 0)
        {
            kubeconfig = Path.Combine(folder, options.Kubeconfig);
            if (!File.Exists(kubeconfig))
            {
                faults.Add(new("kubernetes:kubeconfig", $"there is no file {kubeconfig}."));
            }
        }

        return new KubernetesSettings(
            kubeconfig,
            options.Mode == "adopt",
            new WitnessSettings
            {
                Signers = signers,
                Requesters = ListOf(options.Requesters),
                BootstrapGroup = options.BootstrapGroup,
                Adopts = options.Mode == "adopt",
            },
            options.AnnotationPrefix,
            new LeakSettings
            {
                Apart = TimeSpan.FromSeconds(options.ReclaimAfterSeconds),
                ApartUnseen = TimeSpan.FromSeconds(options.ReclaimUnseenSeconds),
                PercentMax = options.ReclaimPercentMax,
            });
    }

    private static HashSet<string> ListOf(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
