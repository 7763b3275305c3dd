using System.Globalization;

namespace Broker.Testing.Kubernetes;

/// <summary>The command lines of a control plane on the loopback address.</summary>
internal sealed class ControlPlaneCommands(ControlPlaneFiles files, ControlPlaneOptions options, IReadOnlyList<int> ports)
{
    /// <summary>How many ports they take.</summary>
    public const int Ports = 3;

    /// <summary>The API server's address.</summary>
    public Uri Server { get; } = new($"https://127.0.0.1:{ports[0]}");

    /// <summary>How far this version dates certificates back; its signing duration counts from there.</summary>
    private static readonly TimeSpan backdated = TimeSpan.FromMinutes(5);

    private string EtcdClients => $"http://127.0.0.1:{ports[1]}";

    private string EtcdPeers => $"http://127.0.0.1:{ports[2]}";

    public IReadOnlyList<string> Etcd =>
    [
        "--name", "test", "--data-dir", files.EtcdData, "--log-level", "warn", "--logger", "zap",
        "--listen-client-urls", EtcdClients, "--advertise-client-urls", EtcdClients,
        "--listen-peer-urls", EtcdPeers, "--initial-advertise-peer-urls", EtcdPeers,
        "--initial-cluster", $"test={EtcdPeers}",
    ];

    // Nothing reaches the API server through the service network, so nobody needs its endpoint to be kept; the address
    // to advertise must be told all the same, or a machine without a default route has none.
    public IReadOnlyList<string> ApiServer =>
    [
        $"--etcd-servers={EtcdClients}", "--bind-address=127.0.0.1", $"--secure-port={Server.Port}",
        "--advertise-address=192.0.2.1", "--endpoint-reconciler-type=none", $"--cert-dir={files.Own}",
        $"--tls-cert-file={files.Serving}", $"--tls-private-key-file={files.ServingKey}",
        $"--client-ca-file={files.Authority}", "--enable-bootstrap-token-auth=true",
        "--authorization-mode=Node,RBAC", "--enable-admission-plugins=NodeRestriction", "--allow-privileged=true",
        "--service-account-issuer=https://kubernetes.default.svc", "--service-cluster-ip-range=10.96.0.0/16",
        $"--service-account-key-file={files.AccountsPublicKey}",
        $"--service-account-signing-key-file={files.AccountsKey}",
        $"--kubelet-client-certificate={files.KubeletClient}", $"--kubelet-client-key={files.KubeletClientKey}",
        "--kubelet-preferred-address-types=InternalIP",
    ];

    public IReadOnlyList<string> ControllerManager =>
    [
        $"--kubeconfig={files.Kubeconfig}", "--leader-elect=false", "--port=0", "--secure-port=0",
        $"--cluster-signing-cert-file={files.Authority}", $"--cluster-signing-key-file={files.AuthorityKey}",
        // Its default place is a folder of the machine, which it would make.
        $"--flex-volume-plugin-dir={files.Own}",
        $"--root-ca-file={files.Authority}", $"--service-account-private-key-file={files.AccountsKey}",
        .. options.SigningDuration is { } duration
            ? [string.Create(
                CultureInfo.InvariantCulture, $"--cluster-signing-duration={(duration + backdated).TotalSeconds}s")]
            : Array.Empty<string>(),
        .. options.NodeCidrs is { } range
            ? ["--allocate-node-cidrs=true", $"--cluster-cidr={range}"]
            : new[] { "--controllers=*,-nodeipam" },
    ];

    public IReadOnlyList<string> Scheduler =>
        [$"--kubeconfig={files.Kubeconfig}", "--leader-elect=false", "--port=0", "--secure-port=0"];
}
