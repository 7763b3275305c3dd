using System.Security.Cryptography.X509Certificates;

namespace Broker.Client;

/// <summary>Where a broker listens and by what it is known.</summary>
/// <param name="Address">The <c>https</c> address of one listener.</param>
/// <param name="Anchors">The CAs that the broker's certificate must chain to; two at once during a rotation.</param>
/// <param name="Certificate">The client certificate with its key; null on the enrol listener.</param>
public sealed record BrokerEndpoint(Uri Address, X509Certificate2Collection Anchors, X509Certificate2? Certificate);
