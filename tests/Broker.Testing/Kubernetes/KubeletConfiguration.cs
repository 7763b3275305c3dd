using System.Text.Json;

namespace Broker.Testing.Kubernetes;

/// <summary>The configuration file of a kubelet that runs in a container as well as on a machine.</summary>
internal static class KubeletConfiguration
{
    /// <summary>Without control groups of its own above those of pods, and with as little as evicts nothing.</summary>
    public static string Write(string folder, string authorityFile, int port) =>
        JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["apiVersion"] = "kubelet.config.k8s.io/v1beta1",
            ["kind"] = "KubeletConfiguration",
            ["port"] = port,
            ["readOnlyPort"] = 0,
            ["healthzPort"] = 0,
            ["authentication"] = new
            {
                anonymous = new { enabled = false },
                webhook = new { enabled = true },
                x509 = new { clientCAFile = authorityFile },
            },
            ["authorization"] = new { mode = "Webhook" },
            ["rotateCertificates"] = true,
            ["cgroupDriver"] = "cgroupfs",
            ["cgroupsPerQOS"] = false,
            ["enforceNodeAllocatable"] = Array.Empty<string>(),
            ["failSwapOn"] = false,
            ["makeIPTablesUtilChains"] = false,
            ["resolvConf"] = "",
            ["imageGCHighThresholdPercent"] = 100,
            ["nodeStatusUpdateFrequency"] = "5s",
            ["volumePluginDir"] = $"{folder}/volume-plugins",
            ["evictionHard"] = new Dictionary<string, string>
            {
                ["memory.available"] = "10Mi",
                ["nodefs.available"] = "1%",
                ["imagefs.available"] = "1%",
            },
        });
}
