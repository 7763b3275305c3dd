namespace Broker.Contracts.Explanations;

/// <summary>Certificates whose bytes or whose chain to a trust anchor are not in order.</summary>
internal static class PathExplanations
{
    private const string Text = "openssl x509 -in FILE -noout -text";
    private const string Verify = "openssl verify -CAfile ANCHORS FILE";

    public static IReadOnlyList<Explanation> All { get; } =
    [
        new(
            "malformed",
            "The bytes are not a well-formed certificate, request or extension in DER.",
            "Two readers of broken bytes may see two different names; so they are not read at all.",
            ["Send the file exactly as the signer wrote it. If it did, the signer is at fault."],
            [Text]),
        new(
            "encoding",
            "Bytes follow the certificate's own, or a name is in an unusual string type.",
            "One certificate has one reading here: UTF8String or PrintableString, and nothing after the end.",
            ["Have it issued again with plain strings, and cut what follows the DER."],
            ["openssl asn1parse -in FILE"]),
        new(
            "version",
            "The certificate is not X.509 version 3.",
            "Version 1 cannot say what a certificate may be used for.",
            ["Have a version 3 certificate issued."],
            [Text]),
        new(
            "serial",
            "The serial number is zero, negative, or longer than 20 octets.",
            "RFC 5280 section 4.1.2.2 asks for a positive number of at most 20 octets.",
            ["Let the CA issue the certificate again with a random serial number."],
            [Text]),
        new(
            "too_large",
            "The certificate or request has more than 16 KiB.",
            "A node's certificate has under 1 KiB. Size is checked before parsing, so that nobody can feed the parser.",
            ["Ask for one without the extra extensions."],
            [Text]),
        new(
            "too_many_certs",
            "The caller sent more intermediate certificates than are looked at.",
            "",
            ["Send the leaf and its issuers only, at most four."],
            ["openssl s_client -connect HOST:PORT -cert FILE -key FILE -showcerts"]),
        new(
            "untrusted",
            "The certificate does not chain to a CA that this listener trusts.",
            "Each role has its own trust anchors: the nodes' CA never makes an operator, nor the other way round.",
            [
                "See who issued it, and compare with the anchors of the listener that you called.",
                "Use a certificate of the right CA, or add that CA to the anchors of that role.",
            ],
            ["openssl x509 -in FILE -noout -issuer", Verify]),
        new(
            "partial_chain",
            "An issuer between the certificate and the trust anchor is missing.",
            "The broker downloads nothing: it builds the path from what it has and what is sent.",
            ["Send the intermediates with the certificate, or name them in the broker's settings."],
            [Verify]),
        new(
            "signature",
            "A signature on the path does not verify.",
            "The certificate was altered, or its issuer is another CA of the same name.",
            ["Have a new certificate issued. If nobody altered it, find out which CA signed it."],
            [Verify]),
        new(
            "chain_length_1",
            "A trust anchor itself was presented as a client certificate.",
            "A CA vouches for others; it is nobody itself.",
            ["Use a certificate that the CA has issued, and lock the CA's key away."],
            [Text]),
        new(
            "issuer_not_pinned",
            "The issuer hangs under a trusted root, and is not one of the pinned issuers.",
            "A large root has many CAs beneath it. Pins say which of them may speak for this role.",
            ["Use a certificate of a pinned issuer, or add this issuer's key to the pins."],
            ["openssl x509 -in FILE -noout -issuer"]),
        new(
            "not_ca",
            "A certificate on the path has no right to issue certificates.",
            "Whoever has any certificate could else issue more.",
            ["Use an issuer with CA:TRUE and the key usage keyCertSign."],
            [Text]),
        new(
            "ca_validity",
            "A CA certificate on the path, or a trust anchor, is expired or not valid yet.",
            "",
            ["Check the broker's clock.", "Renew that CA certificate, and name it in the trust anchors."],
            ["openssl x509 -in FILE -noout -dates"]),
        new(
            "path_len",
            "There are more CAs below an issuer than its path length constraint allows.",
            "",
            ["Have the certificate issued nearer to the root."],
            [Verify]),
        new(
            "too_deep",
            "There are more than three intermediates between certificate and anchor.",
            "Each one more is a key more that can make callers.",
            ["Have the certificate issued nearer to the root."],
            [Verify]),
        new(
            "name_constraint",
            "A CA on the path may not issue for this name.",
            "",
            ["Ask the CA that may issue for the name."],
            [Text]),
        new(
            "ca_policy",
            "A CA on the path carries policy constraints, which are not evaluated here.",
            "To pass over a constraint would be to break it.",
            ["Use an issuing CA without policyConstraints, policyMappings and inhibitAnyPolicy."],
            [Text]),
        new(
            "critical_extension",
            "A certificate on the path has a critical extension that is not known here.",
            "Critical means: refuse it if you do not understand it (RFC 5280 section 4.2).",
            ["Have it issued again without that extension."],
            [Text]),
        new(
            "path",
            "The path could not be validated, for a reason without a code of its own.",
            "",
            ["Read the detail, and validate the chain by hand."],
            [Verify]),
    ];
}
