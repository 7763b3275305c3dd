using Broker.Cni.Errors;
using Broker.Cni.Invocation;

namespace Broker.Cni.Configuration;

/// <summary>The versions of the CNI specification that we speak.</summary>
internal static class CniVersions
{
    public const string Newest = "1.1.0";

    /// <summary>Oldest first.</summary>
    public static IReadOnlyList<string> All { get; } = ["0.3.1", "0.4.0", "1.0.0", Newest];

    /// <exception cref="CniException">Not one of ours, or too old for the verb; code 1.</exception>
    public static void Demand(string version, CniVerb verb)
    {
        var index = IndexOf(version);
        if (index < 0)
        {
            throw new CniException(
                CniErrorCode.IncompatibleVersion,
                $"incompatible CNI versions: config is {Shown.Of(version)}, plugin supports [{string.Join(' ', All)}]",
                "Set cniVersion in the network configuration to one of these; without it, it is 0.1.0.");
        }

        var (oldest, word) = verb switch
        {
            CniVerb.Check => ("0.4.0", "CHECK"),
            CniVerb.GC => ("1.1.0", "GC"),
            CniVerb.Status => ("1.1.0", "STATUS"),
            _ => ("0.3.1", ""),
        };
        if (index < IndexOf(oldest))
        {
            throw new CniException(
                CniErrorCode.IncompatibleVersion,
                $"config version {Shown.Of(version)} does not allow {word}",
                $"{word} needs cniVersion {oldest} or newer.");
        }
    }

    /// <summary>Whether results name the family of each address.</summary>
    public static bool NamesFamilies(string version) => version is "0.3.1" or "0.4.0";

    /// <summary>Whether routes may have more than a destination and a gateway.</summary>
    public static bool HasRouteMetrics(string version) => version == Newest;

    private static int IndexOf(string version)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i] == version)
            {
                return i;
            }
        }

        return -1;
    }
}
