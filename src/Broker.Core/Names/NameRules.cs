namespace Broker.Core.Names;

/// <summary>The spellings that names must have. Source: Kubernetes object names (RFC 1123 section 2.1).</summary>
public static class NameRules
{
    /// <summary>Longest DNS-1123 subdomain.</summary>
    public const int SubdomainCharsMax = 253;

    /// <summary>Longest DNS-1123 label.</summary>
    public const int LabelCharsMax = 63;

    /// <summary>Lower-case labels of letters, digits and inner hyphens, joined by dots.</summary>
    public static bool IsSubdomain(string? text)
    {
        if (text is null || text.Length is 0 or > SubdomainCharsMax)
        {
            return false;
        }

        foreach (var part in text.AsSpan().Split('.'))
        {
            if (!IsLabel(text.AsSpan(part)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One label: letters, digits and inner hyphens, lower case, 1 to 63 characters.</summary>
    public static bool IsLabel(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > LabelCharsMax || text[0] == '-' || text[^1] == '-')
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A token of letters, digits and <c>. _ : -</c>, 1 to <paramref name="charsMax"/> long.</summary>
    public static bool IsToken(string? text, int charsMax)
    {
        if (text is null || text.Length == 0 || text.Length > charsMax)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or ':' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Exactly <paramref name="chars"/> lower-case hexadecimal digits.</summary>
    public static bool IsLowerHex(string? text, int chars)
    {
        if (text is null || text.Length != chars)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigitLower(c))
            {
                return false;
            }
        }

        return true;
    }
}
