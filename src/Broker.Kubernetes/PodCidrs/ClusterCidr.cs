using System.Globalization;
using System.Net;
using Broker.Core.Addresses;

namespace Broker.Kubernetes.PodCidrs;

/// <summary>
/// A CIDR as a cluster spells it: Kubernetes takes host bits and any spelling of IPv6, the ledger has one text for one
/// subnet.
/// </summary>
internal static class ClusterCidr
{
    public static bool TryParse(string text, out Cidr cidr)
    {
        cidr = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IPAddress.TryParse(text[..slash], out var address)
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix))
        {
            return false;
        }

        var parsed = IpAddress.From(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        if (prefix > parsed.Bits)
        {
            return false;
        }

        var host = parsed.Bits - prefix;
        var kept = host == 128 ? 0 : (parsed.Value >> host) << host;
        cidr = new Cidr(parsed with { Value = kept }, prefix);
        return true;
    }

    /// <summary>Those that can be read.</summary>
    public static List<Cidr> ParseAll(IReadOnlyList<string> texts)
    {
        var cidrs = new List<Cidr>(texts.Count);
        foreach (var text in texts)
        {
            if (TryParse(text, out var cidr))
            {
                cidrs.Add(cidr);
            }
        }

        return cidrs;
    }
}
