namespace Broker.Tests.House.Projects;

/// <summary>The one project of src that names each third-party package, so that its types stop there.</summary>
internal static class PackageOwners
{
    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>
    {
        // PKCS#10 with proof of possession, which .NET reads but does not check strictly enough.
        ["BouncyCastle.Cryptography"] = ["Broker.Identity"],

        // The embedded store.
        ["Microsoft.Data.Sqlite"] = ["Broker.Journal.Sqlite"],

        // State stores and pub/sub through a sidecar.
        ["Dapr.Client"] = ["Broker.Journal.Dapr"],

        // The API server.
        ["KubernetesClient"] = ["Broker.Kubernetes"],

        // Command lines belong to executables.
        ["System.CommandLine"] = ["Broker.Server", "Broker.Cli", "Broker.Agent"],

        // The description of the surface.
        ["Microsoft.OpenApi"] = ["Broker.Server"],

        // Metrics and traces belong to the program that serves; the parts below it have none of their own.
        ["OpenTelemetry.Exporter.OpenTelemetryProtocol"] = ["Broker.Server"],
        ["OpenTelemetry.Exporter.Prometheus.AspNetCore"] = ["Broker.Server"],
        ["OpenTelemetry.Extensions.Hosting"] = ["Broker.Server"],

        // What people see, and the files that they write.
        ["Spectre.Console"] = ["Broker.Cli"],

        // Pools in files are YAML, and so are the kubeconfigs that nodes bootstrap with.
        ["YamlDotNet"] = ["Broker.Cli", "Broker.Agent"],

        ["CsvHelper"] = ["Broker.Cli"],
    };
}
