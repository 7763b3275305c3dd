namespace Broker.Testing.Kubernetes;

/// <summary>The configuration file of a containerd that shares nothing with the machine's own.</summary>
internal static class ContainerdConfiguration
{
    /// <summary>
    /// restrict_oom_score_adj and the native snapshotter let it run where the capability to lower that score and
    /// overlay mounts are missing, as in a container.
    /// </summary>
    public static string Write(string folder, string socket) => $"""
        version = 2
        root = "{folder}/root"
        state = "{folder}/state"
        [grpc]
          address = "{socket}"
        [plugins."io.containerd.internal.v1.opt"]
          path = "{folder}/opt"
        [plugins."io.containerd.grpc.v1.cri"]
          sandbox_image = "{BusyboxImage.Name}"
          restrict_oom_score_adj = true
          disable_tcp_service = true
          [plugins."io.containerd.grpc.v1.cri".containerd]
            snapshotter = "native"
          [plugins."io.containerd.grpc.v1.cri".cni]
            bin_dir = "{folder}/cni/bin"
            conf_dir = "{folder}/cni/conf"
        """;
}
