using System.Globalization;
using System.Text.Json;

namespace Broker.Agent.Requests;

/// <summary>The usages of a request for a node's client certificate.</summary>
internal static class UsageRules
{
    /// <summary>
    /// The first minor version of Kubernetes 1 whose approver takes EC keys without key encipherment.
    /// </summary>
    private const int FirstModernMinor = 27;

    public static IReadOnlyList<string> Of(UsageChoice choice) => choice == UsageChoice.Legacy
        ? ["key encipherment", "digital signature", "client auth"]
        : ["digital signature", "client auth"];

    /// <summary>What the answer of <c>/version</c> calls for; modern when it does not say.</summary>
    public static UsageChoice ForVersion(JsonElement? version)
    {
        // Some vendors write the minor version as "20+".
        var minor = Member(version, "minor").TrimEnd('+');
        return Member(version, "major") == "1"
            && int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number < FirstModernMinor
                ? UsageChoice.Legacy
                : UsageChoice.Modern;
    }

    private static string Member(JsonElement? version, string name) =>
        version is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out var value)
            ? value.ToString()
            : "";
}
