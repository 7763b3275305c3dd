using Broker.Testing.Processes;

namespace Broker.Testing.Kubernetes;

/// <summary>
/// Where the manifests put things on a real machine, and where in a test, because several run beside each other on one:
/// all that <see cref="DeployedFiles"/> changes in them.
/// </summary>
/// <param name="cluster">Its API server has an address of the machine's loopback, which no Service leads to.</param>
/// <param name="runtime">The node.</param>
public sealed class DeployedPlaces(ControlPlane cluster, NodeRuntime runtime)
{
    private readonly IReadOnlyList<int> ports = FreePort.Take(3);

    /// <summary>The host's folder of the ledger (there <c>/var/lib/broker</c>).</summary>
    public string Data => Path.Combine(runtime.Folder, "broker");

    /// <summary>The data folder of the ledger, with the operator's certificate and context.</summary>
    public string Ledger => Path.Combine(Data, "ledger");

    /// <summary>The host's folder of the CA (there <c>/etc/broker</c>).</summary>
    public string Etc => Path.Combine(runtime.Folder, "etc-broker");

    /// <summary>Where the runtime looks for plugins (there <c>/opt/cni/bin</c>).</summary>
    public string CniBin => Path.Combine(runtime.Folder, "cni", "bin");

    /// <summary>Where it looks for configurations (there <c>/etc/cni/net.d</c>).</summary>
    public string CniConf => runtime.CniConfigurations;

    /// <summary>The certificate of the node's kubelet (there below <c>/var/lib/kubelet</c>).</summary>
    public string Certificate => Path.Combine(runtime.Folder, "kubelet", "pki", "kubelet-client-current.pem");

    /// <summary>The API server.</summary>
    public Uri ApiServer => cluster.Server;

    /// <summary>There 8443.</summary>
    public int NodePort => ports[0];

    /// <summary>There 8444.</summary>
    public int PeoplePort => ports[1];

    /// <summary>There 8081.</summary>
    public int HealthPort => ports[2];
}
