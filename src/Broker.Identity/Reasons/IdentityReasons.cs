using System.Collections.Frozen;

namespace Broker.Identity.Reasons;

/// <summary>
/// The closed table of all reasons for which a certificate, a signing request or a trust anchor is refused. Codes are
/// stable; no refusal carries a code that is not here.
/// </summary>
public static class IdentityReasons
{
    /// <summary>Every reason by its code.</summary>
    public static FrozenDictionary<string, IdentityReason> All { get; } = Rows().ToFrozenDictionary(
        reason => reason.Code, StringComparer.Ordinal);

    /// <summary>The reason of a code; null when it is not one of ours.</summary>
    public static IdentityReason? Find(string code) => All.GetValueOrDefault(code);

    private static IdentityReason[] Rows() =>
    [
        .. Shape(), .. Trust(), .. Keys(), .. Leaf(), .. Time(), .. Subject(), .. Witness(), .. Files(),
        .. Connection(), .. RequestReasons.All,
    ];

    private static IdentityReason[] Shape() =>
    [
        new(
            ReasonCodes.Malformed,
            "The bytes are not a well-formed certificate, request or extension in DER.",
            "Send the file exactly as the signer wrote it; if it did, replace the signer."),
        new(
            ReasonCodes.Encoding,
            "Bytes follow the DER, or a name is in a string type other than UTF8String or PrintableString.",
            "Use plain UTF8String or PrintableString in the subject, and cut what follows the DER."),
        new(
            ReasonCodes.Version,
            "The certificate is not X.509 version 3.",
            "Ask for a new certificate; version 1 cannot carry the extensions that are needed."),
        new(
            ReasonCodes.Serial,
            "The serial number is zero, negative or longer than 20 octets.",
            "Let the CA issue the certificate again with a positive random serial number."),
        new(
            ReasonCodes.TooLarge,
            "The certificate or request is larger than 16 KiB.",
            "Ask for one without the extra extensions; a node certificate has under 1 KiB."),
        new(
            ReasonCodes.TooManyCerts,
            "More intermediate certificates were sent than are looked at.",
            "Send the leaf and its issuers only, at most four."),
        new(
            ReasonCodes.Pem,
            "The text is not one PEM block of the expected type.",
            "Send a block that begins with -----BEGIN CERTIFICATE REQUEST-----."),
    ];

    private static IdentityReason[] Trust() =>
    [
        new(
            ReasonCodes.Untrusted,
            "The certificate does not chain to a CA that this listener trusts.",
            "Use a certificate of the right CA, or add that CA to the listener's trust anchors."),
        new(
            ReasonCodes.PartialChain,
            "An issuer between the certificate and the trust anchors is missing.",
            "Send the intermediate certificates, or name them in the broker's options."),
        new(
            ReasonCodes.Signature,
            "A signature on the path does not verify.",
            "Ask for a new certificate; this one was altered or signed with another key."),
        new(
            ReasonCodes.ChainLength1,
            "A trust anchor itself was presented as a client certificate.",
            "Use a certificate that the CA has issued, never the CA's own."),
        new(
            ReasonCodes.IssuerNotPinned,
            "The issuer is under a trusted root but is not one of the pinned issuers.",
            "Use a certificate of the pinned issuer, or add the issuer's key to the pins."),
        new(
            ReasonCodes.NotCa,
            "A certificate on the path has no right to issue certificates.",
            "Use an issuer with CA:TRUE and the key usage keyCertSign."),
        new(
            ReasonCodes.CaValidity,
            "A CA certificate on the path, or a trust anchor, is expired or not valid yet.",
            "Renew that CA certificate and name it in the trust anchors."),
        new(
            ReasonCodes.PathLen,
            "The path is longer than an issuer's path length constraint allows.",
            "Have the certificate issued nearer to the root."),
        new(
            ReasonCodes.TooDeep,
            "There are more intermediates between certificate and anchor than allowed.",
            "Have the certificate issued nearer to the root; three intermediates are the limit."),
        new(
            ReasonCodes.NameConstraint,
            "The name is outside the names that a CA on the path may issue for.",
            "Ask the CA that may issue for this name."),
        new(
            ReasonCodes.CaPolicy,
            "A CA on the path carries policy constraints, which are not evaluated here.",
            "Use an issuing CA without policyConstraints, policyMappings and inhibitAnyPolicy."),
        new(
            ReasonCodes.CriticalExtension,
            "A certificate on the path has a critical extension that is not known here.",
            "Have it issued again without that extension."),
        new(
            ReasonCodes.Path,
            "The path could not be validated.",
            "See the detail; verify the chain with 'openssl verify' against the trust anchors."),
    ];

    private static IdentityReason[] Keys() =>
    [
        new(
            ReasonCodes.WeakKey,
            "The RSA key is shorter than 2048 bits, of odd size, or has a bad exponent or modulus.",
            "Make a new key: EC P-256, or RSA 2048 to 8192."),
        new(
            ReasonCodes.KeyTooLarge,
            "The RSA key is longer than the limit.",
            "Make a new key: EC P-256, or RSA 2048 to 8192."),
        new(
            ReasonCodes.Curve,
            "The elliptic curve is not P-256, P-384 or P-521, or the point is not in plain form.",
            "Make a new key on P-256."),
        new(
            ReasonCodes.CurveExplicit,
            "The elliptic curve is spelled out instead of named.",
            "Make a new key on the named curve P-256."),
        new(
            ReasonCodes.Algorithm,
            "The public key algorithm is not allowed.",
            "Make a new key: EC P-256, or RSA 2048 to 8192."),
        new(
            ReasonCodes.UnsupportedAlg,
            "The key or signature algorithm is sound but not supported here yet.",
            "Make a new key: EC P-256, or RSA 2048 to 8192."),
        new(
            ReasonCodes.WeakHash,
            "A signature on the path is made with SHA-1 or MD5.",
            "Have the certificate issued again with SHA-256 or better."),
        new(
            ReasonCodes.DeniedKey,
            "The public key is on the operator's list of denied keys.",
            "Make a new key and ask for a new certificate."),
    ];

    private static IdentityReason[] Leaf() =>
    [
        new(
            ReasonCodes.EkuMissing,
            "The certificate has no extended key usage.",
            "Ask for a certificate with the extended key usage clientAuth."),
        new(
            ReasonCodes.Eku,
            "The extended key usage does not hold clientAuth.",
            "Ask for a client certificate; a serving certificate cannot identify a caller."),
        new(
            ReasonCodes.EkuAny,
            "The extended key usage is anyExtendedKeyUsage.",
            "Ask for a certificate with exactly clientAuth."),
        new(
            ReasonCodes.EkuExtra,
            "The extended key usage holds more than clientAuth.",
            "Ask for a certificate with exactly clientAuth."),
        new(
            ReasonCodes.KuMissing,
            "The certificate has no key usage.",
            "Ask for a certificate with the key usage digitalSignature."),
        new(
            ReasonCodes.KuNoSignature,
            "The key usage does not hold digitalSignature.",
            "Ask for a certificate with the key usage digitalSignature."),
        new(
            ReasonCodes.KuCa,
            "The key usage allows signing certificates or revocation lists.",
            "Ask for a leaf certificate; a CA cannot be a caller."),
        new(
            ReasonCodes.KuExtra,
            "The key usage holds more than digitalSignature and keyEncipherment.",
            "Ask for a certificate with the key usage digitalSignature."),
        new(
            ReasonCodes.LeafIsCa,
            "The certificate is a CA.",
            "Ask for a leaf certificate; a CA cannot be a caller."),
        new(
            ReasonCodes.LeafPathLen,
            "The certificate is a leaf and has a path length constraint.",
            "Have it issued again without one."),
        new(
            ReasonCodes.BcMissing,
            "The certificate has no basic constraints.",
            "Have it issued again with critical basic constraints CA:FALSE."),
        new(
            ReasonCodes.ExtNotAllowed,
            "The certificate has an extension that the signer never writes.",
            "Use a certificate of the Kubernetes kubelet client signer or of the broker's own."),
        new(
            ReasonCodes.ExtNotCritical,
            "Basic constraints or key usage are not critical.",
            "Have it issued again with both critical."),
        new(
            ReasonCodes.SanForbidden,
            "A client certificate or its request names DNS names, addresses, mail or URIs.",
            "Ask for a certificate without subject alternative names."),
    ];

    private static IdentityReason[] Time() =>
    [
        new(
            ReasonCodes.Expired,
            "The certificate is past its end.",
            "Renew it; the kubelet does so by itself when its clock and API server are right."),
        new(
            ReasonCodes.NotYetValid,
            "The certificate begins in the future, beyond the allowed skew.",
            "Check the clocks of the signer, the node and the broker."),
        new(
            ReasonCodes.Lifetime,
            "The certificate lives longer than allowed.",
            "Ask for a shorter lifetime, or raise the broker's limit."),
    ];

    private static IdentityReason[] Subject() =>
    [
        new(
            ReasonCodes.Org,
            "The organization is not the one that this listener expects.",
            "Nodes need O=system:nodes; people O=broker:operators or O=broker:auditors."),
        new(
            ReasonCodes.OrgExact,
            "The subject has more than one organization.",
            "Have it issued again with exactly one."),
        new(
            ReasonCodes.Cn,
            "The subject has no common name of the expected form.",
            "Nodes need CN=system:node:NAME; people a plain name."),
        new(
            ReasonCodes.CnEmpty,
            "The common name ends after system:node:.",
            "Have it issued again with the node's name."),
        new(
            ReasonCodes.CnSyntax,
            "The name is not a lower-case DNS-1123 subdomain, or a person's name has odd characters.",
            "Have it issued again with the exact name of the Node object."),
        new(
            ReasonCodes.CnMultiple,
            "The subject has more than one common name.",
            "Have it issued again with exactly one."),
        new(
            ReasonCodes.RdnMulti,
            "A part of the subject holds several attributes at once.",
            "Have it issued again with one attribute in each part."),
        new(
            ReasonCodes.SubjectAttribute,
            "The subject has an attribute that the signer never writes, or one twice.",
            "Have it issued again with organization and common name only."),
        new(
            ReasonCodes.UidMismatch,
            "The user UID in the subject is not the UID of the Node.",
            "Have it issued again for the Node that exists now."),
    ];

    private static IdentityReason[] Witness() =>
    [
        new(
            ReasonCodes.Unwitnessed,
            "No approved request on record accounts for this certificate.",
            "Ask for a certificate through a signing request; if you did, see who else can use the CA's key."),
        new(
            ReasonCodes.Superseded,
            "The certificate was replaced by a newer one and is retired.",
            "Use the newer one; if the node does, somebody else holds the old key."),
        new(
            ReasonCodes.NodeFenced,
            "The node is fenced.",
            "An operator lifts it with readmit, once it is known why it was fenced."),
        new(
            ReasonCodes.NodeRetired,
            "The node is retired.",
            "Enrol the machine again under a fresh request that an operator approves."),
        new(
            ReasonCodes.NodeUidChanged,
            "The certificate was witnessed for an earlier Node of this name.",
            "Ask for a new certificate for the Node that exists now."),
        new(
            ReasonCodes.KeyReuse,
            "The public key is known under another node name.",
            "Make a new key on each machine; look for cloned disks."),
        new(
            ReasonCodes.SerialReuse,
            "Issuer and serial number belong to another certificate.",
            "Look at the CA: either it repeats serial numbers or somebody else uses its key."),
    ];

    private static IdentityReason[] Files() =>
    [
        new(
            ReasonCodes.Pop,
            "The request is not signed with the key that it names.",
            "Make the request again with the private key at hand."),
        new(
            ReasonCodes.AnchorsEmpty,
            "The file holds no CA certificate.",
            "Name a PEM file with at least one self-issued CA certificate."),
        new(
            ReasonCodes.AnchorsTooMany,
            "The file holds more than 16 certificates.",
            "Name the CAs of this one purpose only, not a system bundle."),
        new(
            ReasonCodes.PemBlock,
            "The file holds a PEM block that is not a certificate.",
            "Leave CERTIFICATE blocks only in the file."),
        new(
            ReasonCodes.PrivateKey,
            "The file of trust anchors holds a private key.",
            "Treat the key as leaked if others could read it; keep it in a file of its own."),
        new(
            ReasonCodes.AnchorNotSelfIssued,
            "The certificate was issued by another CA: it is an intermediate, not an anchor.",
            "Name the root as anchor and this one as intermediate, with its key as issuer pin."),
        new(
            ReasonCodes.AnchorBasicConstraints,
            "The CA certificate has no basic constraints, or they are not critical.",
            "Make the CA certificate again with critical basic constraints CA:TRUE."),
        new(
            ReasonCodes.AnchorSignature,
            "The CA certificate's signature is not made with its own key.",
            "Check where the file came from; name the genuine root."),
        new(
            ReasonCodes.AnchorAmbiguous,
            "Two CAs bear one name, and one of them has no subject key identifier to tell them apart.",
            "Name one of them only, or make CA certificates with subject key identifiers."),
        new(
            ReasonCodes.AnchorShared,
            "One CA is named for nodes and for people.",
            "Keep a CA of its own for operators: whoever can issue for nodes could issue operators."),
        new(
            ReasonCodes.KeyFileMode,
            "The private key file can be read by others.",
            "chmod 600 the file, and think about who has read it."),
        new(
            ReasonCodes.KeyMismatch,
            "The private key does not belong to the CA certificate.",
            "Name the key that belongs to the certificate."),
    ];

    private static IdentityReason[] Connection() =>
    [
        new(
            ReasonCodes.NoCertificate,
            "The connection has no client certificate.",
            "Connect with a client certificate and its key."),
        new(
            ReasonCodes.NotExamined,
            "The connection's certificate never passed the TLS gate.",
            "Report it: a listener is set up without the gate."),
        new(
            ReasonCodes.CertificateReplaced,
            "The request's certificate is not the one of the connection.",
            "Take certificate forwarding out of the pipeline; headers never name a caller."),
        new(
            ReasonCodes.Role,
            "This caller's role may not use this listener.",
            "Use the listener for nodes or the one for people, as the certificate demands."),
    ];
}
