using System.Net;
using Broker.Core.Time;

namespace Broker.Server.Api.Routes;

/// <summary>An address of a node, and when it was last seen there.</summary>
internal sealed record NodeAddress(IPAddress Address, Instant SeenAt)
{
    /// <summary>
    /// Whether another machine can send packets to it as it stands: loopback means that node and broker are one
    /// machine, and a link-local address is good on its own link only.
    /// </summary>
    public bool IsNextHop => !IPAddress.IsLoopback(Address) && !Address.IsIPv6LinkLocal && !IsIPv4LinkLocal;

    private bool IsIPv4LinkLocal => Address.GetAddressBytes() is [169, 254, _, _];
}
