using Broker.Contracts.Leases;
using Broker.Server.Api.OpenApi;

namespace Broker.Server.Api.Leases;

/// <summary>What the description of the surface says of leases.</summary>
internal static class LeaseDocs
{
    public static EndpointAbout Grant { get; } = new(
        "grantLease", "Asks for one address of each family for an attachment: all of them or none.")
    {
        Takes = typeof(LeaseRequest),
        Gives = typeof(LeasesGrantedResponse),
        Problems =
        [
            "node_quarantined", "subject_mismatch", "conflict", "request_ended", "pool_unknown", "pool_adopting",
            "pool_drained",
            "lessor_agent", "pool_exhausted", "block_exhausted", "block_limit", "pod_unknown", "pod_elsewhere",
            "pod_unverified", "address_unavailable", "lease_limit", "namespace_quota",
        ],
    };

    public static EndpointAbout ListOwn { get; } = new("listLeases", "Lists the live leases of the node that asks.")
    {
        Gives = typeof(LeaseList),
    };

    public static EndpointAbout ListAll { get; } = new("listLeases", "Lists the live leases, of all nodes or of one.")
    {
        Gives = typeof(LeaseList),
        Query = [new("node", "The name of a node.")],
    };

    public static EndpointAbout Release { get; } = new(
        "releaseLease", "Releases what an attachment holds; what holds nothing is answered with an empty list.")
    {
        Gives = typeof(LeasesReleasedResponse),
        Query =
        [
            new("network", "The network's name.") { Required = true },
            new("containerId", "The container's ID.") { Required = true },
            new("interface", "The interface's name in the container.") { Required = true },
        ],
        Problems = ["subject_mismatch", "lessor_agent"],
    };
}
