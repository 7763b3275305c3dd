namespace Broker.Cni.Brokers;

/// <summary>One address of a grant, with what an interface needs.</summary>
/// <param name="Address">Canonical text.</param>
/// <param name="PrefixLength">By the pool's network: the block's, the pool's, or 32 or 128.</param>
/// <param name="Gateway">Null in a pool of single hosts.</param>
internal sealed record GrantedAddress(string Address, int PrefixLength, string? Gateway)
{
    public bool IsIPv6 => Address.Contains(':', StringComparison.Ordinal);
}
