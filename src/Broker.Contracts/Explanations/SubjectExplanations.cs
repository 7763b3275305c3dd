namespace Broker.Contracts.Explanations;

/// <summary>Certificates with a name or a time that does not fit.</summary>
internal static class SubjectExplanations
{
    private const string Subject = "openssl x509 -in FILE -noout -subject -nameopt multiline";
    private const string Dates = "openssl x509 -in FILE -noout -dates";
    private const string OneName = "A caller's name has one spelling, so that no two programs read two names.";

    public static IReadOnlyList<Explanation> All { get; } =
    [
        new(
            "org",
            "The organization is not one that this listener expects.",
            "The organization says what the caller is: O=system:nodes, O=broker:operators or O=broker:auditors.",
            ["Use the certificate of the role that is meant, or have it issued with that organization."],
            [Subject]),
        new(
            "org_exact",
            "The subject has more than one organization.",
            "Kubernetes reads each as a group; a node that is also something else is not accepted.",
            ["Have it issued again with exactly one."],
            [Subject]),
        new(
            "cn",
            "The subject has no common name of the expected form.",
            OneName,
            ["Nodes need CN=system:node:NAME; people a plain name."],
            [Subject]),
        new(
            "cn_empty",
            "The common name ends after system:node:, so it names no node.",
            OneName,
            ["Have it issued again with the node's name."],
            [Subject]),
        new(
            "cn_syntax",
            "The name is no lower-case DNS name as Kubernetes has them, or a person's name has odd characters.",
            OneName,
            ["Have it issued again with the exact name of the Node object: lower case, digits, dots and dashes."],
            [Subject, "kubectl get nodes"]),
        new(
            "cn_multiple",
            "The subject has more than one common name.",
            OneName,
            ["Have it issued again with exactly one."],
            [Subject]),
        new(
            "rdn_multi",
            "A part of the subject holds several attributes at once.",
            OneName,
            ["Have it issued again with one attribute in each part."],
            [Subject]),
        new(
            "subject_attribute",
            "The subject has an attribute that the signer never writes, or one of them twice.",
            OneName,
            ["Have it issued again with organization and common name only."],
            [Subject]),
        new(
            "expired",
            "The certificate is past its end.",
            "An old certificate may have left its machine with an old disk.",
            [
                "Check the clock of the broker and of the caller.",
                "Nodes: let the kubelet or the agent renew, or enrol again. People: broker person makes a new one.",
            ],
            [Dates]),
        new(
            "not_yet_valid",
            "The certificate begins in the future, beyond the skew that is allowed.",
            "",
            ["Check the clocks of the signer, the caller and the broker."],
            [Dates, "timedatectl"]),
        new(
            "lifetime",
            "The certificate lives longer than allowed.",
            "Nothing can take a certificate back from a lost disk; only its end can be near.",
            ["Ask for a shorter lifetime, or raise the limit in the broker's settings."],
            [Dates]),
    ];
}
