using System.Globalization;
using Broker.Contracts.Blocks;
using Broker.Contracts.Leases;
using Broker.Contracts.Nodes;
using Broker.Contracts.Pools;
using Broker.Contracts.Routes;
using Broker.Contracts.Tokens;
using Broker.Core.Views;
using Broker.Server.Api.Routes;

namespace Broker.Server.Api;

/// <summary>The views of the core as they go over the wire.</summary>
internal static class Wire
{
    public static BlockInfo Of(BlockView block) => new(
        block.Block.ToString(),
        block.Pool.Value,
        WireWords.Of(block.Network),
        block.Node.Value,
        block.Uid.Value,
        block.Certificate.Value ?? string.Empty,
        block.Generation.Position,
        WireWords.Of(block.Lessor),
        block.GrantedAt.ToString(),
        block.LeasesLive,
        block.AddressesCooling,
        block.FreeAtLeast);

    public static LeaseInfo Of(LeaseView lease) => new(
        lease.Address.ToString(),
        lease.PrefixLength,
        lease.Gateway?.ToString(),
        lease.Pool.Value,
        lease.Block.ToString(),
        lease.Generation.Position,
        lease.Node.Value,
        lease.Attachment.Network,
        lease.Attachment.ContainerId,
        lease.Attachment.Interface,
        new PodLabels(lease.Pod.Namespace, lease.Pod.Name, lease.Pod.Uid),
        lease.Certificate.Value,
        lease.GrantedAt.ToString(),
        lease.Position,
        WireWords.Of(lease.PodAssurance));

    public static PoolInfo Of(PoolView pool) => new(
        pool.Spec.Name.Value,
        pool.Spec.Cidr.ToString(),
        pool.Spec.BlockPrefixLength,
        WireWords.Of(pool.Spec.Network),
        WireWords.CommitOf(pool.Spec.Lessor),
        pool.Spec.AddressCooldownSeconds,
        pool.Spec.BlockCooldownSeconds,
        pool.Spec.BlocksPerNodeMax,
        [.. pool.Spec.Exclusions.Select(range => range.ToString())],
        pool.Open,
        pool.BlocksTotal.ToString(CultureInfo.InvariantCulture),
        pool.BlocksLive,
        pool.BlocksCooling,
        pool.Position,
        pool.Spec.PodCidrs,
        pool.Spec.NodeDeletionIsEvidence,
        pool.Drained,
        pool.Spec.LeasesPerNodeMax,
        pool.Spec.LeasesPerNamespaceMax);

    public static RouteInfo Of(BlockRoute route) => new(
        route.Block.Block.ToString(),
        route.Block.Pool.Value,
        route.Block.Node.Value,
        route.Block.Uid.Value,
        route.Via?.Address.ToString(),
        route.Via?.SeenAt.ToString());

    public static TokenInfo Of(TokenView token) => new(
        token.Token.Value,
        [.. token.Nodes.Select(node => node.Value)],
        token.Expires.ToString(),
        token.Revoked,
        token.UsedBy?.Value,
        token.Position);

    public static CertificateInfo Of(CertificateView certificate) => new(
        certificate.Certificate.Value,
        certificate.Csr?.Value,
        certificate.Key.Value,
        certificate.Serial,
        certificate.NotBefore.ToString(),
        certificate.NotAfter.ToString(),
        WireWords.Of(certificate.Slot),
        certificate.Position,
        WireWords.Of(certificate.Assurance),
        certificate.Hold);

    public static NodeInfo Of(NodeView node, IReadOnlyList<CertificateView> certificates) => new(
        node.Node.Value,
        node.Uid.Value,
        WireWords.Of(node.Standing),
        [.. certificates.Select(Of)],
        node.BlocksLive,
        node.LeasesLive,
        node.Position,
        node.IsRegistered);
}
