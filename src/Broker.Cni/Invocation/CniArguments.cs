using Broker.Cni.Errors;
using Broker.Contracts.Leases;

namespace Broker.Cni.Invocation;

/// <summary>
/// <c>CNI_ARGS</c>: <c>KEY=VALUE;KEY=VALUE</c>. A key that we do not know is an error unless <c>IgnoreUnknown</c> is
/// true, as in libcni.
/// </summary>
/// <param name="Pod">The pod's labels, null when none was named.</param>
/// <param name="Ip">The address that <c>IP</c> asks for, null when it asks for none.</param>
internal sealed record CniArguments(PodLabels? Pod, string? Ip)
{
    /// <summary>Longest text.</summary>
    public const int CharsMax = 16 * 1024;

    public static CniArguments None { get; } = new(null, null);

    /// <exception cref="CniException">Too long, no pairs, or unknown keys; code 4.</exception>
    public static CniArguments Parse(string text)
    {
        if (text.Length == 0)
        {
            return None;
        }

        if (text.Length > CharsMax)
        {
            throw Invalid($"CNI_ARGS has {text.Length} characters", $"At most {CharsMax} are taken.");
        }

        string space = "", name = "", uid = "";
        string? ip = null;
        var ignoreUnknown = false;
        List<string> unknown = [];
        foreach (var pair in text.Split(';'))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                throw Invalid($"CNI_ARGS: invalid pair {Shown.Of(pair)}", "Write KEY=VALUE;KEY=VALUE.");
            }

            var value = pair[(at + 1)..];
            switch (pair[..at])
            {
                case "IgnoreUnknown":
                    ignoreUnknown = value is "1" or "t" or "T" or "true" or "True" or "TRUE";
                    break;
                case "K8S_POD_NAMESPACE":
                    space = PodLabelRules.Namespace(value);
                    break;
                case "K8S_POD_NAME":
                    name = PodLabelRules.Name(value);
                    break;
                case "K8S_POD_UID":
                    uid = PodLabelRules.Uid(value);
                    break;
                case "K8S_POD_INFRA_CONTAINER_ID":
                    break;
                case "IP":
                    ip = value;
                    break;
                default:
                    unknown.Add(pair);
                    break;
            }
        }

        if (unknown.Count > 0 && !ignoreUnknown)
        {
            throw Invalid(
                $"CNI_ARGS: unknown args {Shown.Of(string.Join(';', unknown))}", "Add IgnoreUnknown=1, or leave them out.");
        }

        return new CniArguments(
            space.Length + name.Length + uid.Length == 0 ? null : new PodLabels(space, name, uid), ip);
    }

    private static CniException Invalid(string message, string details) =>
        new(CniErrorCode.InvalidEnvironment, message, details);
}
