using Broker.Core.Names;
using Broker.Core.Refusals;

namespace Broker.Server.Cluster.Pods;

/// <summary>The value of the annotation that chooses pools: names with commas, tried in that order.</summary>
internal static class PoolAnnotation
{
    /// <summary>Most pools that one value names.</summary>
    public const int PoolsMax = 16;

    /// <summary>The key under a prefix.</summary>
    public static string Key(string prefix) => prefix + "/pools";

    /// <summary>Reads a value; an empty one chooses nothing.</summary>
    /// <param name="value">The value, or null when there is none.</param>
    /// <param name="from">What it stands on, for people.</param>
    /// <param name="pools">The pools; null when it chooses nothing.</param>
    public static Refusal? Read(string? value, string from, out IReadOnlyList<PoolName>? pools)
    {
        pools = null;
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        var names = new List<PoolName>();
        foreach (var text in value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!PoolName.TryParse(text, out var name) || names.Contains(name) || names.Count == PoolsMax)
            {
                return new Refusal(
                    RefusalCode.InvalidField, $"The {from} is not a list of at most {PoolsMax} different pool names.");
            }

            names.Add(name);
        }

        pools = names;
        return null;
    }
}
