using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Broker.Server.Options;

/// <summary>What must hold between the settings; each fault names its key.</summary>
internal static class SettingsRules
{
    public static BrokerSettings Check(string folder, BrokerOptions options, List<SettingsFault> faults)
    {
        CheckRanges("enrolment", options.Enrolment, faults);
        CheckRanges("kubernetes", options.Kubernetes, faults);
        CheckRanges("journal", options.Journal, faults);
        CheckRanges("relay", options.Relay, faults);
        CheckRanges("limits", options.Limits, faults);
        CheckRanges("pki", options.Pki, faults);
        CheckRanges("log", options.Log, faults);
        CheckRanges("telemetry", options.Telemetry, faults);
        CheckOtlp(options.Telemetry.OtlpEndpoint, faults);
        var node = EndPoint("listen:node", options.Listen.Node, faults);
        var people = EndPoint("listen:people", options.Listen.People, faults);
        var enrol = EndPoint("listen:enrol", options.Listen.Enrol, faults);
        var health = EndPoint("listen:health", options.Listen.Health, faults);
        CheckDistinct([("node", node), ("people", people), ("enrol", enrol), ("health", health)], faults);
        if (node is null && people is null)
        {
            faults.Add(new("listen", "neither node nor people is on: nobody could reach this broker."));
        }

        if (health is not null && !IPAddress.IsLoopback(health.Address))
        {
            faults.Add(new("listen:health", "is without TLS, so it must be a loopback address."));
        }

        // A cluster's CA signs elsewhere: its key has no place here.
        var isOwnCa = options.Kubernetes.Mode == KubernetesOptions.Off;
        var pki = new PkiPaths(
            PathOf("pki:serverCertificate", folder, options.Pki.ServerCertificate, faults),
            PathOf("pki:serverKey", folder, options.Pki.ServerKey, faults),
            PathOf("pki:brokerCa", folder, options.Pki.BrokerCa, faults),
            options.Pki.BrokerCaKey.Length == 0 ? null : Path.Combine(folder, options.Pki.BrokerCaKey),
            PathOf("pki:nodeCa", folder, options.Pki.NodeCa, faults),
            isOwnCa ? PathOf("pki:nodeCaKey", folder, options.Pki.NodeCaKey, faults) : string.Empty,
            PathOf("pki:operatorCa", folder, options.Pki.OperatorCa, faults),
            options.Pki.RereadSeconds);
        return new BrokerSettings(
            folder,
            node,
            people,
            enrol,
            health,
            pki,
            options.Enrolment,
            options.Limits,
            options.Log,
            options.Telemetry,
            KubernetesRules.Check(folder, options.Kubernetes, faults),
            JournalRules.Check(folder, options.Journal, faults),
            JournalRules.CheckRelay(options, faults));
    }

    public static void CheckRanges(string section, object options, List<SettingsFault> faults)
    {
        var results = new List<ValidationResult>();
        _ = Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        foreach (var result in results)
        {
            var name = result.MemberNames.First();
            faults.Add(new($"{section}:{char.ToLowerInvariant(name[0])}{name[1..]}", result.ErrorMessage!));
        }
    }

    // Traces name nodes and pools: in clear they go no further than this machine.
    private static void CheckOtlp(string text, List<SettingsFault> faults)
    {
        var good = text.Length == 0
            || (Uri.TryCreate(text, UriKind.Absolute, out var uri)
                && uri.UserInfo.Length == 0
                && uri.Query.Length == 0
                && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)));
        if (!good)
        {
            faults.Add(new(
                "telemetry:otlpEndpoint",
                $"'{text}' is not https://HOST:PORT, nor http:// to a loopback address; empty turns traces off."));
        }
    }

    public static IPEndPoint? EndPoint(string key, string text, List<SettingsFault> faults)
    {
        if (text.Length == 0)
        {
            return null;
        }

        // A port is asked for in so many words: IPEndPoint takes 127.0.0.1 alone for port 0.
        var colon = text.LastIndexOf(':');
        if (colon < 0 || text.EndsWith(']') || !IPEndPoint.TryParse(text, out var endPoint) || endPoint.Port == 0
            || (endPoint.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && text[0] != '['))
        {
            faults.Add(new(key, $"'{text}' is not ADDRESS:PORT or [IPV6]:PORT; empty turns the listener off."));
            return null;
        }

        return endPoint;
    }

    private static void CheckDistinct((string Name, IPEndPoint? EndPoint)[] listeners, List<SettingsFault> faults)
    {
        for (var i = 0; i < listeners.Length; i++)
        {
            for (var j = i + 1; j < listeners.Length; j++)
            {
                if (listeners[i].EndPoint is { } one && listeners[j].EndPoint is { } other && Clash(one, other))
                {
                    faults.Add(new(
                        $"listen:{listeners[j].Name}",
                        $"{other} is taken by listen:{listeners[i].Name}; give each listener a port of its own."));
                }
            }
        }
    }

    private static bool Clash(IPEndPoint one, IPEndPoint other) =>
        one.Port == other.Port
        && (one.Address.Equals(other.Address) || IsAny(one.Address) || IsAny(other.Address));

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static string PathOf(string key, string folder, string path, List<SettingsFault> faults)
    {
        var full = Path.Combine(folder, path);
        if (path.Length == 0 || !File.Exists(full))
        {
            faults.Add(new(key, $"there is no file {full}. 'broker init' makes one in a new data folder."));
        }

        return full;
    }
}
