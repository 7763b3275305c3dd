using Broker.Contracts.Custody;
using Broker.Contracts.Ledgers;
using Broker.Contracts.Nodes;
using Broker.Server.Api.OpenApi;

namespace Broker.Server.Api.Nodes;

/// <summary>What the description of the surface says of nodes.</summary>
internal static class NodeDocs
{
    public static EndpointAbout WhoAmI { get; } = new("whoAmI", "Says who the broker takes the caller for.")
    {
        Gives = typeof(WhoAmI),
    };

    public static EndpointAbout List { get; } = new("listNodes", "Lists the nodes with their certificates.")
    {
        Gives = typeof(NodeList),
    };

    public static EndpointAbout Read { get; } = new("readNode", "Reads a node with its certificates.")
    {
        Gives = typeof(NodeInfo),
        Problems = ["node_unknown"],
    };

    public static EndpointAbout Custody { get; } = new(
        "readCustody",
        "Reads a node's chain of custody from the journal: requests, decisions, certificates, standing, alarms.")
    {
        Gives = typeof(NodeCustody),
        Problems = ["node_unknown"],
    };

    public static EndpointAbout Fence { get; } = Standing(
        "fenceNode", "Refuses a node from now on and ends its connections; its blocks stay where they are.");

    public static EndpointAbout Quarantine { get; } = Standing(
        "quarantineNode", "Lets a node renew and release, and grants it nothing new.");

    public static EndpointAbout Readmit { get; } = Standing(
        "readmitNode", "Lets a fenced or quarantined node in again.");

    public static EndpointAbout Retire { get; } = Standing("retireNode", "Retires a node that holds no blocks.");

    private static EndpointAbout Standing(string id, string summary) => new(id, summary)
    {
        Takes = typeof(StandingRequest),
        BodyOptional = true,
        Query = [DryRun.Described],
        Gives = typeof(NodeInfo),
        Problems = ["node_unknown", "node_retired", "node_in_use", "conflict"],
    };
}
