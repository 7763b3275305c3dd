namespace Broker.Contracts.Explanations;

/// <summary>Nothing to give: exhausted, limited, not open, or too much at once.</summary>
internal static class CapacityExplanations
{
    private const string Pools = "brokerctl pools list";

    public static IReadOnlyList<Explanation> All { get; } =
    [
        new(
            "pool_adopting",
            "The pool is defined and not open yet: it grants nothing.",
            "A new pool may cover addresses that are in use. It waits until an operator has said that all of them "
            + "are written down.",
            [
                "Reserve what is in use within it:\nbrokerctl reservations make ADDRESSES --name TEXT",
                "Open it:\nbrokerctl pools open POOL",
            ],
            [Pools, "brokerctl reservations list"]),
        new(
            "pool_drained",
            "The pool is drained: it grants nothing any more.",
            "An operator decided that it is to run empty. What is held in it stays until it is released.",
            [
                "Use another pool, or define one.",
                "If it was a mistake, open it again:\nbrokerctl pools open POOL",
            ],
            [Pools]),
        new(
            "pool_in_use",
            "The pool cannot be retired yet; the detail names all that is in the way.",
            "The addresses of a retired pool may be defined anew at once, so nothing of it may be in use, written "
            + "down or cooling.",
            [
                "Drain it first, so that nothing new begins:\nbrokerctl pools drain POOL --reason TEXT",
                "Let the nodes release their blocks, drop the reservations, and wait for what cools.",
            ],
            [Pools, "brokerctl blocks list --pool POOL", "brokerctl reservations list --pool POOL"]),
        new(
            "pool_exhausted",
            "Every block of the pool is held or cooling.",
            "A released block waits before somebody else may have it, so that late packets of its former pods do "
            + "not reach new ones.",
            [
                "See how many blocks are live and how many cooling.",
                "Wait for the cooling ones, extend the pool's CIDR, or define a further pool.",
                "Look for nodes that are gone for good, and retire them once their blocks are back.",
            ],
            [Pools, "brokerctl blocks list"]),
        new(
            "block_exhausted",
            "The node's blocks are full, and it can get no further one.",
            "",
            [
                "See whether the pool is exhausted or the node has reached the pool's blocksPerNodeMax.",
                "Raise that limit, extend the pool, or wait until released addresses have cooled.",
            ],
            [Pools, "brokerctl blocks list --node NODE"]),
        new(
            "block_limit",
            "The node holds as many blocks of this pool as the pool allows a node.",
            "So that one node that leaks addresses cannot take the whole pool.",
            [
                "See whether the node's leases match the pods that run there; look for addresses that leak.",
                "If it needs more: raise blocksPerNodeMax with brokerctl pools apply.",
            ],
            ["brokerctl leases list --node NODE", "brokerctl blocks list --node NODE"]),
        new(
            "lease_limit",
            "The node has as many leases of this pool as the pool allows a node.",
            "So that one node cannot take what is meant for all.",
            [
                "See whether the node's leases match the pods that run there.",
                "If it needs more: raise leasesPerNodeMax with brokerctl pools apply. 0 is no limit.",
            ],
            ["brokerctl leases list --node NODE", Pools]),
        new(
            "namespace_quota",
            "The pods of the namespace have as many leases of this pool as the pool allows a namespace.",
            "So that one team cannot take what is meant for all. Pods that name no namespace share one quota.",
            [
                "See which pods of the namespace hold addresses.",
                "If it needs more: raise leasesPerNamespaceMax with brokerctl pools apply. 0 is no limit.",
            ],
            ["brokerctl leases list", Pools]),
        new(
            "ledger_limit",
            "The ledger holds as many of these as it may.",
            "Each list that grows has a bound, so that memory and recovery have one.",
            ["Remove what is not needed any more: old pools, tokens, reservations or retired nodes."],
            [Pools, "brokerctl tokens list", "brokerctl reservations list"]),
        new(
            "overloaded",
            "The broker has more waiting work than it accepts.",
            "A queue without an end answers everybody too late. Releases, fences and renewals keep a share of their "
            + "own, so it is grants that are turned away.",
            [
                "Try again after the time in Retry-After; plugin and agent do so by themselves.",
                "If it goes on: look at the disk's sync time, which bounds the rate of commits.",
            ],
            ["/metrics on the health listener"]),
        new(
            "rate_limited",
            "The caller asks more often than it may.",
            "One node that loops must not slow down all others.",
            [
                "Try again after the time in Retry-After.",
                "Find out why the node asks so often: pods that restart without end are the usual cause.",
            ],
            ["brokerctl events --type refusal.counted", "/metrics on the health listener"]),
        new(
            "stopping",
            "The broker is stopping, and takes no new work.",
            "",
            ["Try again: it answers after its restart. What was acknowledged is safe."],
            ["/readyz on the health listener"]),
        new(
            "outcome_unknown",
            "The broker stopped, or another one took over, while the request was on its way to the journal. It may be "
            + "there, or not.",
            "To call it refused would be a guess: a grant that is there after all would be held by nobody who knows of "
            + "it.",
            [
                "Send the same request again, with the same request id; plugin and agent do so by themselves. If it "
                + "was done, the answer is the first one's.",
            ],
            ["brokerctl who ADDRESS", "brokerctl leases"]),
    ];
}
