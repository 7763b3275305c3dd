namespace Broker.Contracts.Explanations;

/// <summary>Codes that come of a Kubernetes cluster's signing requests and Nodes.</summary>
internal static class ClusterExplanations
{
    private const string Nodes = "brokerctl nodes show NODE";
    private const string Alarms = "brokerctl events --type alarm.raised";

    public static IReadOnlyList<Explanation> All { get; } =
    [
        new(
            "retry",
            "The record of the cluster's signing requests is not complete yet, so nobody can say whether "
            + "this certificate is known.",
            "A certificate may be used seconds after it was signed, before the broker has seen its "
            + "request. Only a whole list that was begun later tells.",
            [
                "Ask again after the time in Retry-After. If it stays, see whether the broker reaches the API "
                + "server.",
            ],
            [Nodes, Alarms]),
        new(
            "cluster_enrolment",
            "This broker issues no certificates: it witnesses those of its Kubernetes cluster.",
            "Two flows for one name would make identities that one of them never saw.",
            [
                "File a CertificateSigningRequest with the cluster's API server, and use the certificate that "
                + "comes of it.",
            ],
            [Nodes, Alarms]),
        new(
            "held",
            "The certificate was issued by the cluster, but something about how is for an operator to "
            + "decide.",
            "A machine that takes over a name, or renews with somebody else's certificate, looks like a "
            + "thief. The node's own certificate goes on working.",
            [
                "Find out who asked for it, with which certificate and when:\nbrokerctl nodes show NODE",
                "If it is the machine, let it off its hold:\nbrokerctl nodes adopt NODE CERTIFICATE --reason TEXT",
                "If many are, read the list, take out what is not, and readmit the rest:\n"
                + "brokerctl nodes held > held.txt\nbrokerctl nodes readmit --file held.txt --reason TEXT",
                "If it is not, refuse it for good:\n"
                + "brokerctl nodes deny NODE --certificate CERTIFICATE --reason TEXT",
            ],
            ["brokerctl nodes held", Nodes, Alarms]),
        new(
            "certificate_denied",
            "The certificate, its key or its serial number was denied by an operator.",
            "A denial is for good: it outlives the certificate, and restarts.",
            ["Have a certificate issued for a new key, once it is known why this one was denied."],
            [Nodes, Alarms]),
        new(
            "node_unregistered",
            "There is no Node object of this name yet.",
            "A kubelet asks for its certificate before it makes its Node. Addresses are granted to a Node "
            + "by its UID, so they wait for it.",
            ["Wait until the kubelet has registered its Node, then ask again."],
            [Nodes, Alarms]),
        new(
            "pod_unknown",
            "The API server has no pod of the namespace, name and UID that the node asks an address for.",
            "What a node says of a pod is read from the API server before it counts. A pod that was deleted, "
            + "or made anew under its name, is not there any more.",
            [
                "Look at the pod: kubectl get pod NAME -n NAMESPACE -o jsonpath='{.metadata.uid}'. Its kubelet "
                + "asks again by itself.",
                "See whether the broker watches the same cluster: kubernetes:kubeconfig.",
            ],
            ["brokerctl leases list", Nodes]),
        new(
            "pod_elsewhere",
            "The pod is bound to another node than the one that asks.",
            "A binding never changes. A node that asks for another node's pod is broken, or in bad hands.",
            ["Look at the node that asked; fence it with POST /v1/nodes/NAME/fence if nobody can say why."],
            [Nodes, "brokerctl events --type refusal.counted"]),
        new(
            "pod_unverified",
            "The address is bound to one workload, and nobody could look up whether the pod is of it.",
            "A node may name any pod. A fixed address goes only to a pod that the API server knows as bound to the "
            + "node that asks.",
            [
                "If the API server cannot be reached, try again when it can.",
                "Without a cluster (kubernetes:mode off) nothing can be looked up: drop the binding.",
            ],
            ["brokerctl reservations list"]),
        new(
            "evidence_gap",
            "The certificate was issued while the broker did not watch the cluster's requests.",
            "The cluster removes a request an hour after its approval, and with it every trace of who "
            + "asked.",
            [
                "Have the node renew it, or adopt it after checking the machine:\n"
                + "brokerctl nodes adopt NODE CERTIFICATE --reason TEXT",
            ],
            [Nodes, Alarms]),
        new(
            "custody_broken",
            "The certificate was asked for with one that is not the node's on record.",
            "The API server writes down which certificate a requester showed. An unbroken chain ends "
            + "where that is a stranger's.",
            [
                "See which certificate it was asked with, and whose that is; then adopt or deny the new one:\n"
                + "brokerctl nodes show NODE",
                "A broker that came later than the nodes knows none of theirs yet: kubernetes:mode adopt "
                + "lets each begin its chain once.",
            ],
            [Nodes, Alarms]),
        new(
            "signer_mismatch",
            "The request names a signer that does not make node identities here.",
            "Other signers of the same CA sign whatever subject they are asked for.",
            ["Ask through one of the signers in the setting kubernetes:signers."],
            [Nodes, Alarms]),
        new(
            "csr_denied",
            "The request for this key was denied.",
            "A certificate for a denied request was signed by somebody who passed over the decision.",
            ["Find out why it was denied, and who signed; make a new key to ask again."],
            [Nodes, Alarms]),
        new(
            "csr_failed",
            "The cluster's signer refused the request for this key.",
            "A certificate for it was signed by somebody else.",
            ["Read the request's condition Failed; make a new key to ask again."],
            [Nodes, Alarms]),
        new(
            "csr_contradictory",
            "The request is approved and denied, or has a certificate although it was refused.",
            "The API server allows no such thing any more: somebody wrote past it, or the request is an "
            + "old one.",
            ["Have the node ask for a new certificate; find out who approved or signed this one."],
            [Nodes, Alarms]),
        new(
            "signed_without_approval",
            "A certificate was written into a request that nobody approved.",
            "The API server does not demand an approval before a certificate; the signer does.",
            ["Have the node ask for a new certificate; find out who may write the status of requests."],
            [Nodes, Alarms]),
        new(
            "key_substituted",
            "The certificate has another key than the request.",
            "Whoever holds the other key did not prove that they hold it.",
            ["Have the node ask for a new certificate; find out who signed this one."],
            [Nodes, Alarms]),
        new(
            "subject_substituted",
            "The certificate is of another node than the request, or its subject says more than was asked for.",
            "A signer gives what was asked for, or nothing.",
            ["Have the node ask for a new certificate; find out who signed this one."],
            [Nodes, Alarms]),
        new(
            "usage_substituted",
            "The certificate has other usages than the request.",
            "A signer gives what was asked for, or nothing.",
            ["Have the node ask for a new certificate; find out who signed this one."],
            [Nodes, Alarms]),
        new(
            "csr_usages",
            "The request asks for usages that a node's client certificate does not have.",
            "The kubelet's signer takes two sets of usages, and no others.",
            ["Ask for digital signature and client auth, with RSA keys also for key encipherment."],
            [Nodes, Alarms]),
        new(
            "signer_ignored_lifetime",
            "The certificate lives longer than the request asked for.",
            "A signer may pass over the wish, but a long life was not what the node wanted.",
            ["Adopt it if that is how your signer works, or have it issued anew."],
            [Nodes, Alarms]),
        new(
            "requester_mismatch",
            "A node, or a pod on a node, asked for the certificate of another node.",
            "Clusters before 1.31 let every node ask for every name.",
            ["Look at the node that asked: no kubelet does that."],
            [Nodes, Alarms]),
        new(
            "requester_group",
            "Who asked has the name of a node or bootstrap identity, but not its group.",
            "Names alone are easily had from an identity provider.",
            ["See how the cluster authenticates: somebody takes such names without being one."],
            [Nodes, Alarms]),
        new(
            "requester_not_allowed",
            "Who asked is neither a node nor a bootstrap identity, nor named in the settings.",
            "Whoever may file requests for any name could become any node.",
            ["Name the requester in kubernetes:requesters if it may ask for nodes."],
            [Nodes, Alarms]),
    ];
}
