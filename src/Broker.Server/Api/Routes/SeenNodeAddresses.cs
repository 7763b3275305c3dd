using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Broker.Core.Addresses;
using Broker.Core.Names;
using Broker.Core.Time;
using Broker.Server.Authentication;

namespace Broker.Server.Api.Routes;

/// <summary>
/// The source address of each node's last accepted request, one a family. Kept in memory, so that a restart begins with
/// none; there are never more entries than nodes on record, and a retired one is dropped.
/// </summary>
internal sealed class SeenNodeAddresses(TimeProvider time) : INodeAddresses
{
    private readonly ConcurrentDictionary<NodeName, Seen> _nodes = new();

    public NodeAddress? Find(NodeName node, NodeUid uid, IpFamily family) =>
        _nodes.TryGetValue(node, out var seen) && seen.Uid == uid
            ? family == IpFamily.IPv4 ? seen.IPv4 : seen.IPv6
            : null;

    /// <summary>Takes note of where an accepted request comes from. Runs last before the endpoint.</summary>
    public Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<Caller>() is { NodeName: { } node, NodeUid: { } uid }
            && context.Connection.RemoteIpAddress is { } address)
        {
            Record(node, uid, address);
        }

        return next(context);
    }

    /// <summary>Takes note of an address; one in IPv4-mapped form is the IPv4 one.</summary>
    public void Record(NodeName node, NodeUid uid, IPAddress address)
    {
        // Without the scope of a link-local address: it names an interface of this machine.
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
        var found = new NodeAddress(plain, Instant.From(time.GetUtcNow()));
        _ = _nodes.AddOrUpdate(
            node,
            _ => new Seen(uid, null, null).With(found),
            (_, known) => (known.Uid == uid ? known : new Seen(uid, null, null)).With(found));
    }

    /// <summary>Whether anything is known of a node.</summary>
    public bool Knows(NodeName node) => _nodes.ContainsKey(node);

    /// <summary>Drops what is known of a node.</summary>
    public void Forget(NodeName node) => _ = _nodes.TryRemove(node, out _);

    private sealed record Seen(NodeUid Uid, NodeAddress? IPv4, NodeAddress? IPv6)
    {
        public Seen With(NodeAddress found) => found.Address.AddressFamily == AddressFamily.InterNetwork
            ? this with { IPv4 = found }
            : this with { IPv6 = found };
    }
}
