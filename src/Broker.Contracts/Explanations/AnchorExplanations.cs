namespace Broker.Contracts.Explanations;

/// <summary>Files of trust anchors and keys that the broker does not start with.</summary>
internal static class AnchorExplanations
{
    private const string Text = "openssl x509 -in FILE -noout -text";
    private const string Strict =
        "Whoever is in this file can make callers. So the broker starts only with a file that has one clear reading.";

    public static IReadOnlyList<Explanation> All { get; } =
    [
        Of("anchors_empty", "The file of trust anchors holds no CA certificate.",
            "Name a PEM file with at least one self-issued CA certificate."),
        Of("anchors_too_many", "The file of trust anchors holds more than 16 certificates.",
            "Name the CAs of this one purpose only; a system bundle would let half the world in."),
        Of("pem_block", "The file of trust anchors holds a PEM block that is no certificate.",
            "Leave only CERTIFICATE blocks in the file."),
        Of("private_key", "The file of trust anchors holds a private key.",
            "Keep the key in a file of its own. If others could read this one, treat the key as leaked."),
        Of("anchor_not_self_issued", "The certificate was issued by another CA: it is an intermediate, not an anchor.",
            "Name the root as anchor and this one as intermediate, with its key as issuer pin."),
        Of("anchor_basic_constraints", "The CA certificate has no basic constraints, or they are not critical.",
            "Make the CA certificate again with critical basic constraints CA:TRUE."),
        Of("anchor_signature", "The CA certificate's signature was not made with its own key.",
            "Find out where the file came from, and name the genuine root."),
        Of("anchor_ambiguous", "Two CAs bear one name, and one has no subject key identifier to tell them apart.",
            "Name one of them only, or make CA certificates with subject key identifiers."),
        Of("anchor_shared", "One CA is named both for nodes and for people.",
            "Keep a CA of its own for people: whoever can issue for nodes could else issue operators."),
        Of("key_file_mode", "The private key's file can be read by others.",
            "chmod 600 the file, and think about who has read it since."),
        Of("key_mismatch", "The private key does not belong to the certificate.",
            "Name the key that was made with the certificate."),
    ];

    private static Explanation Of(string code, string meaning, string step) =>
        new(code, meaning, Strict, [step], [Text, "broker settings"]);
}
