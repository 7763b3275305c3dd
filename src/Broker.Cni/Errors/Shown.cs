namespace Broker.Cni.Errors;

/// <summary>Text of somebody else in a message: quoted, and not at any length.</summary>
internal static class Shown
{
    private const int CharsMax = 200;

    public static string Of(string text) => text.Length <= CharsMax ? $"\"{text}\"" : $"\"{text[..CharsMax]}...\"";
}
