using Broker.Cni.Errors;

namespace Broker.Cni.Configuration;

/// <summary>Reads <c>ipam</c> strictly.</summary>
internal static class IpamConfigReader
{
    public const int PoolsMax = 16;
    private const int TimeoutSecondsDefault = 10;
    private const int TimeoutSecondsMax = 60;
    private const string StateDirDefault = "/var/lib/cni/broker-ipam";

    private static readonly string[] keys =
    [
        "type", "server", "caFile", "certificateFile", "keyFile", "pools", "routes", "resolvConf", "timeoutSeconds",
        "stateDir",
        // Of host-local, and harmless: where it kept its files.
        "dataDir",
    ];

    /// <summary>Of host-local; here the broker's pools decide, so to pass over them would be to disobey.</summary>
    private static readonly string[] keysOfRanges = ["subnet", "rangeStart", "rangeEnd", "gateway", "ranges"];

    /// <param name="network">The whole network configuration.</param>
    /// <param name="strict">
    /// Whether a key that we do not know is refused. It is where something is granted or checked: a misspelt key must
    /// not pass in silence. A release goes on without it: it must not keep a pod from ending.
    /// </param>
    /// <exception cref="CniException">Code 2 for an unknown key, 7 for a wrong value.</exception>
    public static IpamConfig Read(Members network, bool strict)
    {
        var ipam = network.Object("ipam") ?? throw Members.Wrong("ipam", "is missing.");
        if (strict)
        {
            CheckKeys(ipam);
        }

        var certificate = ipam.Required("certificateFile");
        return new IpamConfig(
            ServerOf(ipam),
            FileOf(ipam, "caFile"),
            FileOf(ipam, "certificateFile"),
            ipam.Text("keyFile") is null ? certificate : FileOf(ipam, "keyFile"),
            PoolsOf(ipam),
            RouteReader.Read(ipam),
            ipam.Text("resolvConf") is null ? null : FileOf(ipam, "resolvConf"),
            TimeSpan.FromSeconds(ipam.Number("timeoutSeconds", 1, TimeoutSecondsMax, TimeoutSecondsDefault)),
            ipam.Text("stateDir") is null ? StateDirDefault : FileOf(ipam, "stateDir"));
    }

    private static void CheckKeys(Members ipam)
    {
        foreach (var member in ipam.All)
        {
            if (Array.IndexOf(keys, member.Name) >= 0)
            {
                continue;
            }

            throw new CniException(
                CniErrorCode.UnsupportedField,
                $"unsupported field: ipam.{member.Name} = {Shown.Of(member.Value.GetRawText())}",
                Array.IndexOf(keysOfRanges, member.Name) >= 0
                    ? "The broker's pools decide about ranges and gateways: remove it, and name pools in ipam.pools."
                    : $"Remove or correct it; the keys are: {string.Join(", ", keys)}.");
        }
    }

    private static Uri ServerOf(Members ipam) =>
        Uri.TryCreate(ipam.Required("server"), UriKind.Absolute, out var server)
        && server.Scheme == Uri.UriSchemeHttps && server.PathAndQuery == "/" && server.Fragment.Length == 0
        && server.UserInfo.Length == 0
            ? server
            : throw Members.Wrong("ipam.server", "must be https://HOST:PORT, the broker's node listener.");

    private static string FileOf(Members ipam, string key)
    {
        var path = ipam.Required(key);
        return path[0] == '/' && !path.Contains('\0', StringComparison.Ordinal)
            ? path
            : throw Members.Wrong($"ipam.{key}", "must be an absolute path: runtimes start plugins anywhere.");
    }

    private static IReadOnlyList<string> PoolsOf(Members ipam)
    {
        var pools = ipam.Texts("pools", PoolsMax);
        foreach (var pool in pools)
        {
            if (!IsPoolName(pool))
            {
                throw Members.Wrong(
                    "ipam.pools", $"names {Shown.Of(pool)}; a pool has 1 to 63 lower-case letters, digits and -.");
            }
        }

        return pools;
    }

    private static bool IsPoolName(string text)
    {
        if (text.Length is 0 or > 63 || text[0] == '-' || text[^1] == '-')
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }
}
