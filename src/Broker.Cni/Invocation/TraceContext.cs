namespace Broker.Cni.Invocation;

/// <summary>
/// The trace that the runtime is in: <c>TRACEPARENT</c> and <c>TRACESTATE</c>, which newer libcni sets. Passed on as
/// headers of the same names when they have the form of W3C Trace Context, level 1, section 3; else left out.
/// </summary>
internal sealed record TraceContext(string? Parent, string? State)
{
    private const int StateCharsMax = 512;

    public static TraceContext None { get; } = new(null, null);

    public static TraceContext Read(Func<string, string?> variable) =>
        variable("TRACEPARENT") is { } parent && IsParent(parent)
            ? new TraceContext(parent, variable("TRACESTATE") is { } state && IsState(state) ? state : null)
            : None;

    // 00-TRACE(32)-PARENT(16)-FLAGS(2), lower-case hexadecimal; ids of zeros alone are invalid.
    private static bool IsParent(string text) =>
        text.Length == 55 && text.StartsWith("00-", StringComparison.Ordinal) && text[35] == '-' && text[52] == '-'
        && IsHex(text.AsSpan(3, 32)) && IsHex(text.AsSpan(36, 16)) && IsHex(text.AsSpan(53, 2))
        && text.AsSpan(3, 32).ContainsAnyExcept('0') && text.AsSpan(36, 16).ContainsAnyExcept('0');

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigitLower(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsState(string text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~')
            {
                return false;
            }
        }

        return text.Length is > 0 and <= StateCharsMax && text.Contains('=', StringComparison.Ordinal);
    }
}
