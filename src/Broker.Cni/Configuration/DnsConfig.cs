namespace Broker.Cni.Configuration;

/// <summary>What the result says of DNS, as it was configured.</summary>
internal sealed record DnsConfig(
    IReadOnlyList<string> Nameservers,
    string? Domain,
    IReadOnlyList<string> Search,
    IReadOnlyList<string> Options)
{
    public static DnsConfig None { get; } = new([], null, [], []);

    public bool IsEmpty => Nameservers.Count + Search.Count + Options.Count == 0 && string.IsNullOrEmpty(Domain);
}
