using System.Text.RegularExpressions;

namespace Broker.SystemTests.Demo;

/// <summary>What the demo prints, taken apart.</summary>
internal static partial class DemoText
{
    public static bool IsVariables(string line) => line.TrimStart().StartsWith("D=", StringComparison.Ordinal);

    /// <summary>The lines <c>   $ COMMAND</c>, without the sign.</summary>
    public static IReadOnlyList<string> Commands(IEnumerable<string> lines) =>
    [
        .. lines.Select(line => line.TrimStart()).Where(line => line.StartsWith("$ ", StringComparison.Ordinal))
            .Select(line => line[2..]),
    ];

    /// <summary>The acts: each title with the lines under it.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<string> Lines)> Acts(IEnumerable<string> lines)
    {
        var acts = new List<(string Title, IReadOnlyList<string> Lines)>();
        List<string>? current = null;
        foreach (var line in lines)
        {
            if (Title().Match(line) is { Success: true } title)
            {
                current = [];
                acts.Add((title.Groups[1].Value, current));
            }
            else if (line.StartsWith("   ", StringComparison.Ordinal))
            {
                current?.Add(line);
            }
            else
            {
                current = null;
            }
        }

        return acts;
    }

    /// <summary>A title without what differs from run to run.</summary>
    public static string Shape(string title) => Time().Replace(title, "TIME");

    [GeneratedRegex(@"^\d  (\S.*)$")]
    private static partial Regex Title();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}T[\d:.]+Z")]
    private static partial Regex Time();
}
