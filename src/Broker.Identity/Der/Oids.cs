namespace Broker.Identity.Der;

/// <summary>Object identifiers. Sources: RFC 5280, RFC 5480, RFC 8017, RFC 2986, FIPS 204.</summary>
internal static class Oids
{
    internal const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    internal const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    internal const string AnyExtendedKeyUsage = "2.5.29.37.0";

    internal const string SubjectKeyIdentifier = "2.5.29.14";
    internal const string KeyUsage = "2.5.29.15";
    internal const string SubjectAltName = "2.5.29.17";
    internal const string BasicConstraints = "2.5.29.19";
    internal const string PolicyMappings = "2.5.29.33";
    internal const string AuthorityKeyIdentifier = "2.5.29.35";
    internal const string PolicyConstraints = "2.5.29.36";
    internal const string ExtendedKeyUsage = "2.5.29.37";
    internal const string InhibitAnyPolicy = "2.5.29.54";

    internal const string CommonName = "2.5.4.3";
    internal const string SerialNumber = "2.5.4.5";
    internal const string Country = "2.5.4.6";
    internal const string Locality = "2.5.4.7";
    internal const string StateOrProvince = "2.5.4.8";
    internal const string Street = "2.5.4.9";
    internal const string Organization = "2.5.4.10";
    internal const string OrganizationalUnit = "2.5.4.11";
    internal const string PostalCode = "2.5.4.17";

    /// <summary>The user UID of Kubernetes client certificates.</summary>
    internal const string KubernetesUserUid = "1.3.6.1.4.1.57683.2";

    internal const string ExtensionRequest = "1.2.840.113549.1.9.14";

    internal const string Rsa = "1.2.840.113549.1.1.1";
    internal const string RsaPss = "1.2.840.113549.1.1.10";
    internal const string EcPublicKey = "1.2.840.10045.2.1";
    internal const string P256 = "1.2.840.10045.3.1.7";
    internal const string P384 = "1.3.132.0.34";
    internal const string P521 = "1.3.132.0.35";

    internal const string Sha256 = "2.16.840.1.101.3.4.2.1";
    internal const string Sha384 = "2.16.840.1.101.3.4.2.2";
    internal const string Sha512 = "2.16.840.1.101.3.4.2.3";

    /// <summary>Signature algorithms with SHA-256 or better, PSS aside, whose hash stands in its parameters.</summary>
    internal static bool IsGoodSignature(string oid) => oid is
        "1.2.840.113549.1.1.11" or "1.2.840.113549.1.1.12" or "1.2.840.113549.1.1.13"
        or "1.2.840.10045.4.3.2" or "1.2.840.10045.4.3.3" or "1.2.840.10045.4.3.4";

    /// <summary>MD2, MD4, MD5 and SHA-1 with RSA, SHA-1 and SHA-224 with ECDSA, SHA-1 with DSA.</summary>
    internal static bool IsWeakSignature(string oid) => oid is
        "1.2.840.113549.1.1.2" or "1.2.840.113549.1.1.3" or "1.2.840.113549.1.1.4" or "1.2.840.113549.1.1.5"
        or "1.2.840.113549.1.1.14" or "1.3.14.3.2.29" or "1.2.840.10045.4.1" or "1.2.840.10045.4.3.1"
        or "1.2.840.10040.4.3";

    /// <summary>Ed25519, Ed448 and the ML-DSA sizes: sound, but this runtime has no classes for them.</summary>
    internal static bool IsFutureKey(string oid) => oid is
        "1.3.101.112" or "1.3.101.113"
        or "2.16.840.1.101.3.4.3.17" or "2.16.840.1.101.3.4.3.18" or "2.16.840.1.101.3.4.3.19";
}
