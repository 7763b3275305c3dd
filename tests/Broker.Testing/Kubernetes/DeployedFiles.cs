using System.Globalization;
using Broker.Testing.Processes;

namespace Broker.Testing.Kubernetes;

/// <summary>
/// The manifests of <c>deploy/</c>, copied, with a kustomization on top that puts ports, host folders and addresses
/// where <see cref="DeployedPlaces"/> says. Nothing else is changed: neither rights, nor what a container may, nor what
/// it runs. Kubernetes 1.20 takes all of it as it is.
/// </summary>
internal sealed class DeployedFiles
{
    private static readonly string source = Path.Combine(RepositoryFolder.Path, "deploy");
    private readonly TempFolder folder;

    public DeployedFiles(TempFolder folder, DeployedPlaces places, string mode)
    {
        this.folder = folder;
        foreach (var part in new[] { "base", "rbac", "broker", "plugin", "init" })
        {
            _ = Directory.CreateDirectory(folder[part]);
            foreach (var file in Directory.EnumerateFiles(Path.Combine(source, part)))
            {
                File.Copy(file, folder[$"{part}/{Path.GetFileName(file)}"]);
            }
        }

        Replace("broker/broker.json",
            (":8443\"", $":{Text(places.NodePort)}\""), (":8444\"", $":{Text(places.PeoplePort)}\""),
            (":8081\"", $":{Text(places.HealthPort)}\""), ("\"enforce\"", $"\"{mode}\""));
        Replace("plugin/conflist.json",
            ("/etc/broker/", $"{places.Etc}/"),
            ("/var/lib/kubelet/pki/kubelet-client-current.pem", places.Certificate));
        _ = folder.Write("test-init/kustomization.yaml", Init(places));
        _ = folder.Write("test/kustomization.yaml", All(places));
    }

    /// <summary>The folder for <c>kubectl apply -k</c> that makes the ledger.</summary>
    public string InitFolder => folder["test-init"];

    /// <summary>The folder for <c>kubectl apply -k</c> that deploys everything.</summary>
    public string AllFolder => folder["test"];

    private static string Init(DeployedPlaces places) =>
        $"""
        resources: [../init]
        patches:
          - target: {Braces("kind: Job")}
            patch: |-
              - {Braces($"op: replace, path: /spec/template/spec/volumes/0/hostPath/path, value: {places.Data}")}
        """;

    private static string All(DeployedPlaces places)
    {
        const string Pod = "/spec/template/spec";
        string[] broker =
        [
            Put($"{Pod}/initContainers/0/env", ApiServer(places)),
            Put($"{Pod}/containers/0/env/-", Env("KUBERNETES_SERVICE_HOST", places.ApiServer.Host)),
            Put($"{Pod}/containers/0/env/-", Env("KUBERNETES_SERVICE_PORT", Text(places.ApiServer.Port))),
            Put($"{Pod}/containers/0/ports/0/containerPort", Text(places.NodePort)),
            .. from probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" }
               select Put($"{Pod}/containers/0/{probe}/httpGet/port", Text(places.HealthPort)),
            Put($"{Pod}/volumes/0/hostPath/path", places.Data),
        ];
        string[] plugin =
        [
            Put(
                $"{Pod}/containers/0/env",
                $"[{Env("BROKER_SERVICE_HOST", "127.0.0.1")}, "
                + $"{Env("BROKER_SERVICE_PORT", Text(places.NodePort))}]"),
            Put($"{Pod}/volumes/0/hostPath/path", places.CniBin),
            Put($"{Pod}/volumes/1/hostPath/path", places.CniConf),
            Put($"{Pod}/volumes/2/hostPath/path", places.Etc),
        ];
        return $"""
            resources: [../base, ../rbac, ../broker, ../plugin]
            patches:
              - target: {Braces("kind: Deployment")}
                patch: |-
            {string.Join('\n', broker)}
              - target: {Braces("kind: DaemonSet")}
                patch: |-
            {string.Join('\n', plugin)}
            """;
    }

    private static string ApiServer(DeployedPlaces places) =>
        $"[{Env("KUBERNETES_SERVICE_HOST", places.ApiServer.Host)}, "
        + $"{Env("KUBERNETES_SERVICE_PORT", Text(places.ApiServer.Port))}]";

    // "add" replaces a member that is there.
    private static string Put(string path, string value) =>
        $"      - {Braces($"op: add, path: {path}, value: {value}")}";

    private static string Env(string name, string value) => Braces($"name: {name}, value: \"{value}\"");

    private static string Braces(string text) => "{ " + text + " }";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // What is not there any more is changed for nothing: then the manifests have changed, and this must too.
    private void Replace(string name, params IEnumerable<(string From, string To)> changes)
    {
        var text = File.ReadAllText(folder[name]);
        foreach (var (from, to) in changes)
        {
            text = text.Contains(from, StringComparison.Ordinal)
                ? text.Replace(from, to, StringComparison.Ordinal)
                : throw new InvalidOperationException($"deploy/{name} has no {from} any more.");
        }

        File.WriteAllText(folder[name], text);
    }
}
