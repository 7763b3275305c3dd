using Broker.Core.Addresses;
using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Server.Api;

/// <summary>The forms that texts of a request have, in words for whoever sent another one.</summary>
internal static class FieldForms
{
    private static readonly Dictionary<Type, string> Texts = new()
    {
        [typeof(RequestId)] = "a request id: 8 to 64 letters, digits and . _ : -",
        [typeof(PoolName)] = "a pool's name: 1 to 63 lower-case letters, digits and -, as a DNS label",
        [typeof(NodeName)] = "a node's name: a DNS subdomain in lower case of at most 253 characters",
        [typeof(NodeUid)] = "a Node UID: 1 to 64 letters, digits and . _ : -",
        [typeof(ReservationName)] = "a reservation's name: a DNS subdomain in lower case of at most 253 characters",
        [typeof(MacAddress)] = "the MAC address of one interface: six hexadecimal pairs, such as 02:00:5e:10:00:01",
        [typeof(CsrName)] = "a signing request's name: 1 to 253 letters, digits and . _ : -",
        [typeof(TokenId)] = "a token's id: 6 lower-case letters and digits",
        [typeof(CertificateHash)] = "a certificate's SHA-256: 64 lower-case hexadecimal digits",
        [typeof(KeyHash)] = "a key hash: 64 lower-case hexadecimal digits",
        [typeof(Cidr)] = "a CIDR without host bits, such as 10.0.0.0/16 or fd00::/48",
        [typeof(IpAddress)] = "an address in its canonical text, such as 10.0.0.1 or fd00::1",
        [typeof(IpRange)] = "an address, FIRST-LAST, or a CIDR",
        [typeof(Instant)] = "a time of RFC 3339, such as 2026-01-31T12:00:00Z",
    };

    public static string Of<T>() => Texts[typeof(T)];
}
