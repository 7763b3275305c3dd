namespace Broker.Contracts.Explanations;

/// <summary>Certificates that were made for another use, or that say more than a caller's certificate says.</summary>
internal static class LeafExplanations
{
    private const string Text = "openssl x509 -in FILE -noout -ext extendedKeyUsage,keyUsage,basicConstraints";
    private const string Strict =
        "The profile is the one that Kubernetes' own signer writes. What differs was made by something else.";

    public static IReadOnlyList<Explanation> All { get; } =
    [
        Of("eku_missing", "The certificate does not say what it may be used for: it has no extended key usage.",
            "Have it issued with the extended key usage clientAuth."),
        Of("eku", "The certificate is not for clients: its extended key usage lacks clientAuth.",
            "Use a client certificate; a serving certificate cannot identify a caller."),
        Of("eku_any", "The certificate claims to be good for anything (anyExtendedKeyUsage).",
            "Have it issued with exactly clientAuth."),
        Of("eku_extra", "The certificate is for more than clients.",
            "Have it issued with exactly clientAuth: a stolen server key must not make a caller."),
        Of("ku_missing", "The certificate has no key usage.",
            "Have it issued with the key usage digitalSignature."),
        Of("ku_no_signature", "The key usage does not allow signatures, which a TLS client must make.",
            "Have it issued with the key usage digitalSignature."),
        Of("ku_ca", "The key usage allows signing certificates or revocation lists.",
            "Use a leaf certificate; a CA cannot be a caller."),
        Of("ku_extra", "The key usage holds more than digitalSignature and keyEncipherment.",
            "Have it issued with the key usage digitalSignature."),
        Of("leaf_is_ca", "The certificate is a CA.",
            "Use a certificate that the CA has issued; a CA cannot be a caller."),
        Of("leaf_path_len", "The certificate is a leaf and has a path length constraint, which only a CA has.",
            "Have it issued again without one."),
        Of("bc_missing", "The certificate has no basic constraints, so it does not say that it is no CA.",
            "Have it issued again with critical basic constraints CA:FALSE."),
        Of("ext_not_allowed", "The certificate has an extension that the signer never writes.",
            "Use a certificate of the Kubernetes kubelet client signer, or of the broker's own."),
        Of("ext_not_critical", "Basic constraints or key usage are not marked critical.",
            "Have it issued again with both critical."),
        Of("san_forbidden", "A client certificate, or its request, names DNS names, addresses, mail or URIs.",
            "Ask for a certificate without subject alternative names: a caller has one name, its common name."),
    ];

    private static Explanation Of(string code, string meaning, string step) =>
        new(code, meaning, Strict, [step], [Text]);
}
