namespace Broker.Core.Names;

/// <summary>
/// What holds a lease: one interface of one container on one network of one node. Source: the CNI specification,
/// section 2, in which container ID, network name and interface name identify an attachment.
/// </summary>
public sealed record Attachment(NodeUid Node, string Network, string ContainerId, string Interface)
{
    /// <summary>Longest network name and container ID.</summary>
    public const int PartCharsMax = 128;

    /// <summary>Longest interface name: IFNAMSIZ less the closing NUL.</summary>
    public const int InterfaceCharsMax = 15;

    /// <summary>
    /// Whether each part has the form that the CNI specification gives it; the interface in printable ASCII only, so
    /// that what is 15 characters here is 15 bytes in the kernel.
    /// </summary>
    public bool IsWellFormed =>
        IsCniName(Network, PartCharsMax) && IsCniName(ContainerId, PartCharsMax)
        && Interface.Length is > 0 and <= InterfaceCharsMax && Interface is not ("." or "..")
        && IsInterfaceName(Interface);

    private static bool IsInterfaceName(string text)
    {
        foreach (var c in text)
        {
            if (c is < '!' or > '~' or '/' or ':')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsCniName(string text, int charsMax)
    {
        if (text.Length == 0 || text.Length > charsMax || !char.IsAsciiLetterOrDigit(text[0]))
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
}
