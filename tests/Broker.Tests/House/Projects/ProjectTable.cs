namespace Broker.Tests.House.Projects;

/// <summary>Who may know whom: the table of src/ARCHITECTURE.md, as far as its projects are in the tree.</summary>
internal static class ProjectTable
{
    private const string Core = "Broker.Core";
    private const string Contracts = "Broker.Contracts";
    private const string Journal = "Broker.Journal";
    private const string Sqlite = "Broker.Journal.Sqlite";
    private const string Dapr = "Broker.Journal.Dapr";
    private const string Identity = "Broker.Identity";
    private const string Kubernetes = "Broker.Kubernetes";
    private const string Client = "Broker.Client";
    private const string Server = "Broker.Server";
    private const string Cni = "Broker.Cni";
    private const string Cli = "Broker.Cli";
    private const string Agent = "Broker.Agent";

    /// <summary>Each project of src, and the ones that it may reference.</summary>
    public static IReadOnlyDictionary<string, string[]> MayReference { get; } = new Dictionary<string, string[]>
    {
        [Core] = [],
        [Contracts] = [],
        [Journal] = [Core],
        [Sqlite] = [Core, Journal],
        [Dapr] = [Core, Journal],
        [Identity] = [Core],
        [Kubernetes] = [Core, Identity],
        [Client] = [Contracts],
        [Cni] = [Contracts, Client],
        [Cli] = [Contracts, Client, Core, Journal, Sqlite],
        [Agent] = [Core, Contracts, Journal, Sqlite, Client],
        [Server] = [Core, Contracts, Journal, Sqlite, Dapr, Identity, Kubernetes, Client],
    };

    /// <summary>The projects under tests; they may reference any.</summary>
    public static IReadOnlyList<string> Tests { get; } =
        ["Broker.Testing", "Broker.Tests", "Broker.SystemTests", "Broker.Bench", "Broker.Simulator"];
}
