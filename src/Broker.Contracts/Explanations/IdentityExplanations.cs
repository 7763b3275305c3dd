namespace Broker.Contracts.Explanations;

/// <summary>Refusals about who calls: the certificate is sound, and all the same it does not count.</summary>
internal static class IdentityExplanations
{
    private const string Nodes = "brokerctl nodes show NODE";
    private const string Alarms = "brokerctl events --type alarm.raised";

    public static IReadOnlyList<Explanation> All { get; } =
    [
        new(
            "unwitnessed",
            "The certificate is genuine: the right CA signed it and it names a node. But the broker has no record of "
            + "the signing request that it came from, so it does not say which machine holds its key.",
            "Whoever can sign with the nodes' CA can make a certificate for any node name. A valid chain therefore "
            + "proves only that somebody reached that CA. The broker counts a node's certificate once it has "
            + "witnessed its birth: a signing request, who filed it, who approved it, and the very certificate that "
            + "came of it, all in the journal. This one skipped that path, so it may be a copy of your CA at work.",
            [
                "Find out whose it is. The alarm in the journal has the node's name and the hash of the certificate; "
                + "compare it with the file on that node:\n"
                + "openssl x509 -in FILE -outform DER | sha256sum",
                "If you issued it yourself, by hand or with another tool: that is the cause. Throw it away.",
                "Give the node a certificate that counts: issue a token, file a signing request with it on the node, "
                + "and use what comes back. If the name has a live identity already, an operator approves the "
                + "request:\n"
                + "brokerctl tokens issue --node NODE\n"
                + "brokerctl csr list --pending\n"
                + "brokerctl csr approve NAME --reason TEXT",
                "If nobody knows where it came from: treat the nodes' CA key as stolen. Fence the node that it names, "
                + "replace the CA, and enrol the nodes again. Until then the forger gets nothing: each of its "
                + "requests is refused with this code.\n"
                + "brokerctl nodes fence NODE --reason TEXT",
            ],
            [Alarms, "brokerctl csr list", Nodes]),
        new(
            "superseded",
            "The certificate was good once; since then the node has used a newer one, and this one was retired.",
            "A node has one current certificate. The first use of the next one retires the old, after a minute of "
            + "grace, so that a stolen old key is worth nothing after a renewal. Use of a retired one is an alarm: "
            + "either a program was not told of the renewal, or two machines share one identity.",
            [
                "See which certificate is current for the node, and compare with the file that the caller uses.",
                "If the caller is the right machine: make it read the newest certificate, and restart it.",
                "If the current one is not in the hands of the right machine: fence the node, then enrol it anew.",
            ],
            [Nodes, Alarms, "brokerctl csr list"]),
        new(
            "node_fenced",
            "The node is fenced, by an operator, or because its Node object is gone or another one: every request of "
            + "it is refused, and its connections were ended. Its blocks and leases stay where they are.",
            "A fence is the quick answer to a doubt about a machine. Moving its addresses at once could give one "
            + "address to two pods if the machine is still running.",
            [
                "Read who or which rule fenced it, when and why:\nbrokerctl nodes show NODE",
                "A fence of a rule is lifted by a certificate that the new Node's kubelet asked for, once nothing is "
                + "held under the old Node's UID.",
                "When the doubt is cleared:\nbrokerctl nodes readmit NODE --reason TEXT",
                "When the machine is lost: keep the fence, and retire the node once it holds no block.",
            ],
            [Nodes, "brokerctl events --type node.fenced"]),
        new(
            "node_quarantined",
            "The node is quarantined: it may renew its certificate, and release what it holds; it gets nothing new.",
            "Quarantine lets running pods end in order while nothing more is entrusted to the machine.",
            [
                "Read who quarantined it, and when.",
                "Lift it when the cause is gone:\nbrokerctl nodes readmit NODE --reason TEXT",
            ],
            [Nodes, "brokerctl events --type node.quarantined"]),
        new(
            "node_retired",
            "The node was retired: its name and certificates are closed.",
            "Retirement is how a machine leaves for good, so an old disk that comes back finds every door shut.",
            [
                "If the machine is to come back: issue a token for its name and file a new signing request.",
                "An operator approves that request, because no rule may revive a retired name.",
            ],
            [Nodes, "brokerctl csr list"]),
        new(
            "subject_mismatch",
            "The caller is one node by its certificate, and asked for something in the name of another.",
            "A node speaks for itself only. A certificate is bound to the name that it was witnessed for.",
            [
                "Check which node name the program on that machine is configured with.",
                "Ask with the certificate of the node that is meant, on that node.",
            ],
            [Nodes, Alarms]),
        new(
            "node_uid_changed",
            "The Node was deleted and made again under the same name since this certificate was witnessed.",
            "A name can be used twice, a Node UID cannot. A certificate of the earlier Node may lie on another disk.",
            [
                "Enrol the machine again, so that a certificate for the Node of today is witnessed.",
                "If the Node was not re-created on purpose, find out who deleted it.",
            ],
            [Nodes]),
        new(
            "certificate_expired",
            "The certificate's time is over, though it was the node's own.",
            "A node renews by itself well before the end; one that could not is asked to prove itself again.",
            [
                "Check the clock of the node and of the broker.",
                "File a new signing request with a bootstrap token; an operator approves it.",
                "Find out why the node did not renew: was it off, or could it not reach the broker?",
            ],
            [Nodes, "brokerctl csr list"]),
        new(
            "serial_reuse",
            "Another certificate of the same issuer bears the same serial number.",
            "A CA gives each serial number once. Twice means that the CA is broken, or that somebody else signs with "
            + "its key.",
            [
                "Look at the CA's own record of this serial number.",
                "If the CA did not issue both: its key has leaked. Replace the CA and enrol the nodes again.",
            ],
            [Alarms]),
        new(
            "uid_mismatch",
            "The user UID in the certificate's subject is not the UID of the Node.",
            "The certificate was made for an earlier Node, or for another cluster.",
            ["Have it issued again for the Node that exists now."],
            [Nodes]),
        new(
            "client_certificate_required",
            "The connection brought no client certificate, and this call needs one.",
            "The broker knows callers by certificate alone: no password, no address, no header counts.",
            [
                "People: use brokerctl with a context, or curl with --cert and --key.",
                "Nodes: present the certificate that came of the signing request.",
                "Take away any proxy that ends TLS in between: it cannot pass the proof on.",
            ],
            ["brokerctl context show", "brokerctl whoami"]),
        new(
            "no_certificate",
            "The connection has no client certificate.",
            "See client_certificate_required, which is the same at the level of a call.",
            ["Connect with a client certificate and its key."],
            ["brokerctl context show"]),
        new(
            "forbidden_role",
            "The caller is known, and its role may not do this.",
            "Nodes, operators and auditors have a list of calls each; what is not on it is refused. Auditors read, "
            + "operators change, nodes act for themselves.",
            [
                "See who you are to the broker:\nbrokerctl whoami",
                "Use a certificate of the role that the detail names; 'broker person' makes one.",
            ],
            ["brokerctl whoami", "brokerctl context list"]),
        new(
            "role",
            "A caller of this role may not use this listener.",
            "Nodes and people have a listener each, so that each can be kept behind its own firewall.",
            ["Use the node listener with a node's certificate, and the people listener with a person's."],
            ["brokerctl context show"]),
        new(
            "not_examined",
            "The connection's certificate never passed the checks at the door. This is a fault of the broker.",
            "",
            ["Report it with the broker's version and log; a listener is set up without its gate."],
            ["the broker's log"]),
        new(
            "certificate_replaced",
            "The request claims another certificate than the one of its connection.",
            "Headers never name a caller: whoever can send one could be anybody.",
            ["Take certificate forwarding out of whatever lies between caller and broker."],
            []),
    ];
}
