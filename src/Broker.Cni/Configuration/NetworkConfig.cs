namespace Broker.Cni.Configuration;

/// <summary>What the runtime gives on standard input, as far as it is ours.</summary>
/// <param name="CniVersion">Chosen by the runtime; the result names the same.</param>
/// <param name="Name">The network's name.</param>
/// <param name="Ipam">Our part.</param>
/// <param name="Dns">From <c>ipam.resolvConf</c>, else from <c>dns</c>.</param>
/// <param name="PreviousAddresses">Addresses of <c>prevResult</c>, without prefix; null when there is none.</param>
/// <param name="ValidAttachments">Null when the runtime passes no list, which is not the same as an empty one.</param>
internal sealed record NetworkConfig(
    string CniVersion,
    string Name,
    IpamConfig Ipam,
    DnsConfig Dns,
    IReadOnlyList<string>? PreviousAddresses,
    IReadOnlyList<ValidAttachment>? ValidAttachments);
