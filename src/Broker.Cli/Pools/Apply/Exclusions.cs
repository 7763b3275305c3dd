using Broker.Core.Addresses;

namespace Broker.Cli.Pools.Apply;

/// <summary>Exclusions as one text, however they were written, so that equal ones compare equal.</summary>
internal static class Exclusions
{
    /// <summary>
    /// Sorted and joined; null for null. What has another form stays as it is, for the broker to refuse.
    /// </summary>
    public static string? Text(IReadOnlyList<string>? exclusions)
    {
        if (exclusions is null)
        {
            return null;
        }

        var ranges = new List<IpRange>();
        foreach (var text in exclusions)
        {
            if (!IpRange.TryParse(text, out var range))
            {
                return string.Join(", ", exclusions);
            }

            ranges.Add(range);
        }

        return ranges.Count == 0 ? "none" : string.Join(", ", Merged(ranges));
    }

    private static List<IpRange> Merged(List<IpRange> ranges)
    {
        ranges.Sort((left, right) => left.First.CompareTo(right.First));
        var merged = new List<IpRange>();
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && Touch(merged[^1], range))
            {
                var last = merged[^1];
                merged[^1] = last with { Last = range.Last > last.Last ? range.Last : last.Last };
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    // The last address of a family has no next one, and nothing can begin after it.
    private static bool Touch(IpRange left, IpRange right) =>
        left.First.Family == right.First.Family
        && (right.First <= left.Last || right.First.Value - left.Last.Value == 1);
}
