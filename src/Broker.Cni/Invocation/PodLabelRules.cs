namespace Broker.Cni.Invocation;

/// <summary>
/// The forms of Kubernetes that the broker wants of labels. podman puts a container's name, in its own form, where a
/// pod's name stands; a label decides nothing, so one of another form is left out and no ADD fails for it.
/// </summary>
internal static class PodLabelRules
{
    public static string Namespace(string text) => IsSubdomain(text, 63) && !text.Contains('.') ? text : "";

    public static string Name(string text) => IsSubdomain(text, 253) ? text : "";

    public static string Uid(string text)
    {
        if (text.Length is 0 or > 64)
        {
            return "";
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or ':' or '-'))
            {
                return "";
            }
        }

        return text;
    }

    private static bool IsSubdomain(string text, int charsMax)
    {
        if (text.Length > charsMax)
        {
            return false;
        }

        foreach (var label in text.Split('.'))
        {
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            foreach (var c in label)
            {
                if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
                {
                    return false;
                }
            }
        }

        return true;
    }
}
