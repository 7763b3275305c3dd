namespace Broker.Contracts.Explanations;

/// <summary>Refusals that follow from what the ledger holds already.</summary>
internal static class LedgerExplanations
{
    private const string Pools = "brokerctl pools list";
    private const string Blocks = "brokerctl blocks list";
    private const string Leases = "brokerctl leases list --node NODE";
    private const string Who = "brokerctl who ADDRESS";

    public static IReadOnlyList<Explanation> All { get; } =
    [
        new(
            "invalid_field",
            "A field of the request does not have the form that it must have.",
            "Nothing is corrected silently: what is stored is what was meant.",
            ["Correct the field that the detail names; it says which form is expected."],
            ["brokerctl COMMAND --help"]),
        new(
            "invalid_pool",
            "Each part of the pool is well-formed, and together they make no sense.",
            "Such as a block larger than the pool, or exclusions that leave no address.",
            ["Correct what the detail names. Try it first:\nbrokerctl pools apply -f FILE --dry-run"],
            [Pools]),
        new(
            "conflict",
            "What the request takes for granted is not so any more, or contradicts what is known.",
            "Two people or programs may act at once. A change says what its author saw, and is refused when that has "
            + "changed, so that nobody undoes a thing without having seen it.",
            [
                "Read the present state.",
                "Decide again; nothing was changed.",
                "For a lease: an attachment holds one set of addresses at a time. Release it before another is asked.",
            ],
            ["brokerctl events --after POSITION", Leases]),
        new(
            "request_ended",
            "The release of this attachment came before its grant, so the grant is not given any more.",
            "Container runtimes may give up an ADD and send DEL while ADD is still on its way. An address that is "
            + "given after its DEL would be held for ever.",
            ["If the pod exists still, let the runtime try again: it asks with a new request id."],
            [Leases]),
        new(
            "pool_unknown",
            "There is no pool of this name.",
            "",
            ["List the pools, and check the name in the network's configuration."],
            [Pools]),
        new(
            "block_unknown",
            "The node holds no such block.",
            "",
            ["List the blocks; one that was released belongs to nobody until it has cooled."],
            [Blocks]),
        new(
            "node_unknown",
            "The broker has never admitted a node of this name.",
            "A node exists here from its first witnessed certificate on.",
            ["List the nodes. If it is missing, the machine has not enrolled yet: issue a token for it."],
            ["brokerctl nodes list", "brokerctl csr list"]),
        new(
            "lease_unknown",
            "There is no such lease.",
            "",
            ["List the leases of the node; ask who had the address before."],
            [Leases, Who]),
        new(
            "exists",
            "There is one of this name already, with other content.",
            "",
            [
                "Read what is there.",
                "Choose another name, or change the one that is there:\nbrokerctl pools apply -f FILE --dry-run",
            ],
            [Pools]),
        new(
            "pool_overlaps",
            "The pool would share addresses with another pool of this ledger.",
            "One address in two pools could be given to two pods. Pools of one ledger never overlap.",
            [
                "Choose a CIDR apart from the pool that the detail names.",
                "Clusters that use the same addresses on purpose are two ledgers: two data folders, two brokers.",
            ],
            [Pools]),
        new(
            "generation_stale",
            "The block was granted anew since the caller last read it.",
            "A block's generation is the position of its grant. A late release must not end somebody else's block.",
            ["Read the block again. If it is another node's now, there is nothing to release."],
            [Blocks, Who]),
        new(
            "block_in_use",
            "Something in the block is still held, so the block cannot be given back.",
            "",
            ["Release the leases in it first; they are listed by node."],
            [Leases]),
        new(
            "node_not_fenced",
            "The node could go on using what is to be reclaimed, so nothing was taken.",
            "A block is taken only from a node that is fenced. Somebody has readmitted this one in the meantime.",
            [
                "Find out who readmitted it, and whether its machine is running.",
                "If it is off for good: reclaim the block again, which fences the node.",
            ],
            ["brokerctl events --type node.readmitted", Blocks]),
        new(
            "evidence_insufficient",
            "What is known does not prove that the machine is gone, so its block stays where it is.",
            "Loss of contact alone never moves a block: the machine may be running, with pods that answer.",
            [
                "Make sure that the machine is off.",
                "Say so:\nbrokerctl blocks reclaim CIDR --generation G --evidence machine-off",
                "Where a controller deletes Nodes only after their machines, let the pool say nodeDeletionIsEvidence.",
            ],
            [Blocks]),
        new(
            "lessor_agent",
            "Leases in this block are decided by the node's own agent, and the broker keeps its hands off.",
            "For each block one side alone decides, fixed for its generation. Two deciders would one day disagree.",
            [
                "Ask the agent on that node.",
                "To have the broker decide, use a pool with commit: central.",
            ],
            [Blocks]),
        new(
            "node_in_use",
            "The node holds blocks still, so it cannot be retired.",
            "Its pods may be running. Blocks do not move because somebody is tidy.",
            [
                "Drain the node, and let it release its leases and blocks.",
                "See what it still holds, then retire it.",
            ],
            [Leases, Blocks]),
        new(
            "reservation_unknown",
            "There is no reservation of exactly these addresses.",
            "",
            ["List them: a reservation is dropped whole, by the addresses that it was made with."],
            ["brokerctl reservations list", Who]),
        new(
            "reservation_overlaps",
            "Some of the addresses are reserved already.",
            "An address has one reservation, so that it is clear who keeps it and why.",
            [
                "See who made the other one, and what for.",
                "Reserve what lies beside it; or drop it first:\nbrokerctl reservations drop ADDRESSES --reason TEXT",
            ],
            ["brokerctl reservations list"]),
        new(
            "address_held",
            "Some of the addresses are held by running attachments, so they can be neither reserved nor excluded.",
            "Reserved and excluded addresses are never leased. One that is leased now cannot become so without "
            + "breaking the pod that has it.",
            [
                "See who holds them; the detail names the first few.",
                "Choose other addresses, or let those pods end and try again.",
            ],
            [Who, Leases]),
        new(
            "address_unavailable",
            "The address that was asked for cannot be leased to this attachment; the detail says why.",
            "An address is leased once. Out of what is excluded, reserved, cooling or in another node's block none "
            + "is given, whoever asks.",
            [
                "See who has it, or had it last.",
                "Ask for another address, or for none in particular.",
                "A fixed address moves when its node has released it. If that machine is off, reclaim its block:\n"
                + "brokerctl blocks reclaim BLOCK --generation G --evidence machine-off",
            ],
            [Who, Blocks]),
        new(
            "reservation_unbindable",
            "The address cannot be bound to a workload; the detail says why.",
            "A fixed address is a block of its own, so that it goes from node to node as blocks do. That takes a pool "
            + "whose blocks are one address (IPv4 /32, IPv6 /128), in which the broker leases.",
            [
                "See what blocks the pool has, and whether the workload has an address in it already.",
                "For fixed addresses define a pool of their own, with --block-prefix-length 32 (IPv6: 128) and "
                + "--network host:\nbrokerctl pools define --help",
            ],
            ["brokerctl pools show POOL", "brokerctl reservations list"]),
        new(
            "pool_change_refused",
            "The pool cannot be changed like that; the detail names all that is in the way.",
            "Blocks that were granted keep their size and their place: a change that would move or shrink them is "
            + "refused whole.",
            [
                "Mend all that the detail names; nothing was changed.",
                "What can never change (block size, network) needs a further pool.",
            ],
            ["brokerctl pools show POOL", "brokerctl pools apply -f FILE --dry-run"]),
        new(
            "cursor_ahead",
            "The stream was asked to go on after a position that this journal does not have.",
            "Either the ledger was restored from an older copy, or the position belongs to another ledger.",
            [
                "Compare the ledger's name with the one that you followed:\nbrokerctl whoami",
                "If the ledger was restored: treat what you derived after its end as wrong, and begin anew.",
            ],
            ["brokerctl whoami", "brokerctl events"]),
    ];
}
