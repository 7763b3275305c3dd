namespace Broker.Contracts.Explanations;

/// <summary>Refusals of pools whose blocks are the podCIDRs of Nodes.</summary>
internal static class PodCidrExplanations
{
    private const string Pools = "brokerctl pools list";
    private const string Blocks = "brokerctl blocks list";
    private const string Reservations = "brokerctl reservations list";

    public static IReadOnlyList<Explanation> All { get; } =
    [
        new(
            "pod_cidrs_incomplete",
            "A Node gets its podCIDRs of all families in one commit, and the request leaves a pool out.",
            "A Node's podCIDRs are written once and can never be changed. With one family only, the other could never "
            + "follow.",
            ["Name all pools of podCIDRs, or none: without a name they are what is granted."],
            [Pools]),
        new(
            "node_exists",
            "The block is a podCIDR of a Node that exists, so it cannot be given back or taken.",
            "The CIDR stands on the Node, and others route to it. A second Node with the same one would take its "
            + "traffic.",
            [
                "Drain the Node, and delete it:\nkubectl delete node NAME",
                "Where the pool says nodeDeletionIsEvidence, the block comes back by itself.",
                "Elsewhere, once the machine is off:\nbrokerctl blocks reclaim CIDR --generation G "
                + "--evidence machine-off",
            ],
            [Blocks, "kubectl get node NAME -o jsonpath={.spec.podCIDRs}"]),
        new(
            "pod_cidrs_unrecorded",
            "Nodes use addresses of the pool that the ledger does not know, so the pool stays closed.",
            "What is not written down would be granted to somebody else, and two pods would have one address. The "
            + "broker writes down what fits a block of a pool of podCIDRs by itself, as soon as it sees the Node.",
            [
                "Wait some seconds and try again; the log says pod_cidr_conflict where something is in the way.",
                "Reserve what the detail names:\nbrokerctl reservations make CIDR --name TEXT",
                "Where two Nodes have the same podCIDR, one of them must be drained, deleted and joined anew.",
                "Open the pool:\nbrokerctl pools open POOL",
            ],
            [Blocks, Reservations]),
        new(
            "pod_cidrs_pool_exists",
            "One pool a family gives the Nodes their podCIDRs, and there is one.",
            "",
            ["Let that pool grow: its CIDR may become a larger one that holds the present one."],
            [Pools]),
        new(
            "nodes_unlisted",
            "The broker has not seen the cluster's Nodes yet, and what was asked rests on them.",
            "A pool over addresses that Nodes have already must not open unseen, and a podCIDR must not be taken from "
            + "a Node that exists.",
            [
                "Look at the broker's log: it says why the API server cannot be read.",
                "Try again when it can.",
            ],
            ["/metrics on the health listener"]),
    ];
}
