namespace Broker.Cni.Invocation;

/// <summary>The forms that the CNI specification gives to names.</summary>
internal static class AttachmentRules
{
    private const int InterfaceCharsMax = 15;

    /// <summary>A container ID or a network name.</summary>
    public static bool IsName(string text)
    {
        if (text.Length == 0 || !char.IsAsciiLetterOrDigit(text[0]))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An interface name: printable ASCII, so that its characters are its bytes in the kernel.</summary>
    public static bool IsInterface(string text)
    {
        if (text.Length is 0 or > InterfaceCharsMax || text is "." or "..")
        {
            return false;
        }

        foreach (var c in text)
        {
            if (c is < '!' or > '~' or '/' or ':')
            {
                return false;
            }
        }

        return true;
    }
}
