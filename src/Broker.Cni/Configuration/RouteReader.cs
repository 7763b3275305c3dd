using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Broker.Cni.Configuration;

/// <summary>Reads <c>ipam.routes</c>.</summary>
internal static class RouteReader
{
    private const int RoutesMax = 256;

    private static readonly string[] metrics = ["mtu", "advmss", "priority", "table", "scope"];

    public static IReadOnlyList<IpamRoute> Read(Members ipam)
    {
        List<IpamRoute> routes = [];
        foreach (var item in ipam.Items("routes", RoutesMax))
        {
            routes.Add(ReadOne(new Members(item, $"ipam.routes[{routes.Count}]")));
        }

        return routes;
    }

    private static IpamRoute ReadOne(Members route)
    {
        List<KeyValuePair<string, int>> given = [];
        foreach (var member in route.All)
        {
            if (Array.IndexOf(metrics, member.Name) >= 0)
            {
                given.Add(new(member.Name, route.Number(member.Name, 0, int.MaxValue, 0)));
            }
            else if (member.Name is not ("dst" or "gw"))
            {
                throw Members.Wrong(route.PathOf(member.Name), "is not a key of a route.");
            }
        }

        var destination = route.Required("dst");
        var family = FamilyOf(destination)
            ?? throw Members.Wrong(route.PathOf("dst"), "must be a CIDR, such as 0.0.0.0/0 or ::/0.");
        var gateway = route.Text("gw");
        if (gateway is not null && (TryParse(gateway)?.AddressFamily != family))
        {
            throw Members.Wrong(route.PathOf("gw"), "must be an address of the family of dst.");
        }

        return new IpamRoute(destination, gateway, given);
    }

    private static AddressFamily? FamilyOf(string cidr)
    {
        var at = cidr.IndexOf('/', StringComparison.Ordinal);
        return at > 0 && TryParse(cidr[..at]) is { } address
            && int.TryParse(cidr[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && bits <= (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
            ? address.AddressFamily
            : null;
    }

    // .NET reads 10.1 as 10.0.0.1; here an address has all of its parts.
    private static IPAddress? TryParse(string text) =>
        IPAddress.TryParse(text, out var address) && !text.Contains('%', StringComparison.Ordinal)
        && (address.AddressFamily != AddressFamily.InterNetwork || text.AsSpan().Count('.') == 3)
            ? address
            : null;
}
