namespace Broker.Contracts.Explanations;

/// <summary>Keys and hashes that are too weak, too odd, or denied.</summary>
internal static class KeyExplanations
{
    private const string NewKey = "Make a new key on the machine (EC P-256, or RSA 2048 to 8192), and a new request.";
    private const string Key = "openssl x509 -in FILE -noout -text";

    public static IReadOnlyList<Explanation> All { get; } =
    [
        new(
            "weak_key",
            "The RSA key is shorter than 2048 bits, of an odd size, or has a bad exponent or modulus.",
            "Such a key can be worked out from the certificate.",
            [NewKey],
            [Key]),
        new(
            "key_too_large",
            "The RSA key is longer than 8192 bits.",
            "Each handshake with it costs the broker a multiple; a few callers could occupy it.",
            [NewKey],
            [Key]),
        new(
            "curve",
            "The elliptic curve is none of P-256, P-384 and P-521, or its point is compressed.",
            "",
            [NewKey],
            [Key]),
        new(
            "curve_explicit",
            "The elliptic curve is spelled out by its parameters instead of named.",
            "Spelled-out parameters can be chosen so that somebody else's key fits (CVE-2020-0601).",
            [NewKey],
            [Key]),
        new(
            "algorithm",
            "The kind of key is not allowed.",
            "",
            [NewKey],
            [Key]),
        new(
            "unsupported_alg",
            "The key or signature is of a sound kind that is not supported here yet.",
            "",
            [NewKey],
            [Key]),
        new(
            "weak_hash",
            "A signature on the path is made with SHA-1 or MD5.",
            "For these, two certificates with one signature can be made.",
            ["Have the certificate issued again with SHA-256 or better."],
            [Key]),
        new(
            "denied_key",
            "The public key is on the operators' list of denied keys.",
            "It is known to be in wrong hands.",
            [NewKey],
            [Key]),
    ];
}
