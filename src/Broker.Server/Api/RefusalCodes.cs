using Broker.Core.Refusals;

namespace Broker.Server.Api;

/// <summary>The wire text of each refusal code: its name in lower snake case.</summary>
internal static class RefusalCodes
{
    private static readonly Dictionary<RefusalCode, string> Texts =
        Enum.GetValues<RefusalCode>().ToDictionary(code => code, code => Snake(code.ToString()));

    public static string Text(RefusalCode code) => Texts[code];

    private static string Snake(string name) => string.Concat(
        name.Select((c, i) => (i > 0 && char.IsAsciiLetterUpper(c) ? "_" : string.Empty) + char.ToLowerInvariant(c)));
}
