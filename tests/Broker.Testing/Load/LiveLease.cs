namespace Broker.Testing.Load;

/// <summary>A lease that the events say is live.</summary>
/// <param name="Address">Canonical text.</param>
/// <param name="Block">Where it lies.</param>
/// <param name="Node">The holder's name.</param>
/// <param name="Attachment">Network, container ID and interface, joined by blanks.</param>
/// <param name="Position">Of its <c>lease.granted</c>.</param>
internal sealed record LiveLease(string Address, LiveBlock Block, string Node, string Attachment, long Position)
{
    /// <summary>Whether it is of IPv6.</summary>
    public bool IsIPv6 => Address.Contains(':', StringComparison.Ordinal);
}
