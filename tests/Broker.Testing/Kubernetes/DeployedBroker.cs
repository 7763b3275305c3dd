using System.Globalization;
using Broker.Testing.Processes;

namespace Broker.Testing.Kubernetes;

/// <summary>
/// The broker as a pod of a real cluster: from the manifests of <c>deploy/</c>, with exactly the rights that they give,
/// by the steps of <c>deploy/README.md</c>. It ends with its node.
/// </summary>
public sealed class DeployedBroker : IDisposable
{
    /// <summary>The namespace of the manifests.</summary>
    public const string Namespace = "broker-system";

    /// <summary>Whom the API server sees.</summary>
    public const string ServiceAccount = $"system:serviceaccount:{Namespace}:broker";

    private readonly TempFolder folder = new();
    private readonly DeployedFiles files;

    private DeployedBroker(ControlPlane cluster, NodeRuntime runtime, string mode)
    {
        Places = new DeployedPlaces(cluster, runtime);
        files = new DeployedFiles(folder, Places, mode);
        Kubectl = new Kubectl(cluster.AdminKubeconfig);
    }

    /// <summary>Where its parts are on this machine.</summary>
    public DeployedPlaces Places { get; }

    /// <summary>As the cluster's admin.</summary>
    public Kubectl Kubectl { get; }

    /// <summary>The folder that <c>kubectl apply -k</c> was given.</summary>
    public string Manifests => files.AllFolder;

    /// <summary>Skips the test when a part is missing; fails it under CI.</summary>
    public static void Require()
    {
        ControlPlane.Require();
        NodeRuntime.Require();
        Kubectl.Require();
        BrokerImage.Require();
    }

    /// <summary>
    /// Makes the ledger, deploys, and waits until broker and plugin are there. The cluster needs its scheduler.
    /// </summary>
    /// <param name="cluster">Where to.</param>
    /// <param name="runtime">The node that has the ledger.</param>
    /// <param name="nodeName">That node's name.</param>
    /// <param name="mode"><c>enforce</c> or <c>adopt</c>.</param>
    /// <exception cref="InvalidOperationException">
    /// It does not; the message has what the cluster says of it.
    /// </exception>
    public static async Task<DeployedBroker> StartAsync(
        ControlPlane cluster, NodeRuntime runtime, string nodeName, string mode = "enforce")
    {
        _ = await runtime.ControlAsync(
            "images", "import", "--snapshotter", "native", await BrokerImage.ReadyAsync());
        var broker = new DeployedBroker(cluster, runtime, mode);
        try
        {
            await broker.StartAsync(nodeName);
            return broker;
        }
        catch (InvalidOperationException error)
        {
            var state = await broker.StateAsync();
            broker.Dispose();
            throw new InvalidOperationException($"{error.Message}\n{state}", error);
        }
    }

    /// <summary>Runs <c>brokerctl</c> in the broker's container, as the first operator.</summary>
    public Task<string> ControlAsync(params IEnumerable<string> arguments) => InContainerAsync(
        "brokerctl", arguments);

    /// <summary>Runs a program in the broker's container.</summary>
    public Task<string> InContainerAsync(string program, params IEnumerable<string> arguments) => Kubectl.RunAsync(
        ["--namespace", Namespace, "exec", "deployment/broker", "--container", "broker", "--", program, .. arguments]);

    public void Dispose() => folder.Dispose();

    private async Task StartAsync(string nodeName)
    {
        string[] here = ["--namespace", Namespace];
        _ = await Kubectl.RunAsync("label", "node", nodeName, "broker.local/ledger=here");
        _ = await Kubectl.RunAsync("apply", "-k", files.InitFolder);
        _ = await Kubectl.RunAsync(
            [.. here, "wait", "--for=condition=complete", "job/broker-init", "--timeout=240s"]);
        var authority = await Kubectl.RunAsync([.. here, "logs", "job/broker-init"]);
        _ = await Kubectl.RunAsync(
        [
            .. here, "create", "configmap", "broker-ca",
            $"--from-file=ca.crt={folder.Write("ca.crt", authority + "\n")}",
        ]);
        PointContext();
        _ = await Kubectl.RunAsync("apply", "-k", files.AllFolder);
        _ = await Kubectl.RunAsync([.. here, "rollout", "status", "deployment/broker", "--timeout=240s"]);
        _ = await Kubectl.RunAsync([.. here, "rollout", "status", "daemonset/broker-plugin", "--timeout=240s"]);
    }

    // brokerctl's context names the port that a broker has everywhere else.
    private void PointContext()
    {
        var context = Path.Combine(Places.Ledger, "context.json");
        var people = $":{Places.PeoplePort.ToString(CultureInfo.InvariantCulture)}\"";
        File.WriteAllText(
            context, File.ReadAllText(context).Replace(":8444\"", people, StringComparison.Ordinal));
    }

    private async Task<string> StateAsync()
    {
        string[] here = ["--namespace", Namespace];
        var says = new List<string>();
        foreach (var arguments in new string[][]
        {
            [.. here, "get", "all", "--output", "wide"],
            [.. here, "describe", "pods"],
            [.. here, "logs", "job/broker-init", "--all-containers"],
            [.. here, "logs", "deployment/broker", "--all-containers"],
        })
        {
            says.Add($"$ kubectl {string.Join(' ', arguments)}\n{(await Kubectl.TryAsync(arguments)).Text}");
        }

        return string.Join('\n', says);
    }
}
