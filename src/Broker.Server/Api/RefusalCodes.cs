using Broker.Core.Refusals;

namespace Broker.Server.Api;

/// <summary>The wire text of each refusal code: its name in lower snake case.</summary>
internal static class RefusalCodes
{
    private static readonly Dictionary<RefusalCode, string> Texts =
        Enum.GetValues<RefusalCode>().ToDictionary(code => code, code => Snake(code.ToString()));

    private static readonly Dictionary<string, RefusalCode> Codes =
        Texts.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The code of a wire text, or null when it is none of the core's.</summary>
    public static RefusalCode? Find(string text) => Codes.TryGetValue(text, out var code) ? code : null;

    public static string Text(RefusalCode code) => Texts[code];

    private static string Snake(string name) => string.Concat(
        name.Select((c, i) => (i > 0 && char.IsAsciiLetterUpper(c) ? "_" : string.Empty) + char.ToLowerInvariant(c)));
}
