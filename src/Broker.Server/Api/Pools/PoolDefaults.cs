using Broker.Contracts.Pools;
using Broker.Core.Addresses;
using Broker.Core.Names;
using Broker.Core.Pools;

namespace Broker.Server.Api.Pools;

/// <summary>A pool as an operator writes it, with the defaults for what is left out.</summary>
internal static class PoolDefaults
{
    private const int ExclusionsMax = 256;
    private const int AddressCooldownSeconds = 60;
    private const int BlockCooldownSeconds = 600;
    private const int BlocksPerNodeMax = 64;
    private const int BlockBitsIPv4 = 26;
    private const int BlockBitsIPv6 = 122;

    // As kube-controller-manager gives Nodes, and as the readers of podCIDRs expect.
    private const int PodCidrBitsIPv4 = 24;
    private const int PodCidrBitsIPv6 = 64;

    /// <exception cref="ApiProblemException">A field has a wrong form.</exception>
    public static PoolSpec Complete(PoolName name, PoolDefinition body)
    {
        var cidr = FieldReader.Read<Cidr>("cidr", body.Cidr, Cidr.TryParse);
        var blockBits = (cidr.Family, body.PodCidrs) switch
        {
            (IpFamily.IPv4, true) => PodCidrBitsIPv4,
            (_, true) => PodCidrBitsIPv6,
            (IpFamily.IPv4, _) => BlockBitsIPv4,
            _ => BlockBitsIPv6,
        };
        return new PoolSpec(
            name,
            cidr,
            body.BlockPrefixLength ?? Math.Max(blockBits, cidr.PrefixLength),
            FieldReader.Choose("network", body.Network ?? "routed", WireWords.Networks),
            FieldReader.Choose("commit", body.Commit ?? "central", WireWords.Commits),
            body.AddressCooldownSeconds ?? AddressCooldownSeconds,
            body.BlockCooldownSeconds ?? BlockCooldownSeconds,
            body.BlocksPerNodeMax ?? (body.PodCidrs ? 1 : BlocksPerNodeMax),
            FieldReader.ReadList<IpRange>("exclusions", body.Exclusions, ExclusionsMax, IpRange.TryParse))
        {
            PodCidrs = body.PodCidrs,
            NodeDeletionIsEvidence = body.NodeDeletionIsEvidence,
            LeasesPerNodeMax = body.LeasesPerNodeMax,
            LeasesPerNamespaceMax = body.LeasesPerNamespaceMax,
        };
    }
}
