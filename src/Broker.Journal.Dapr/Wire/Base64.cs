namespace Broker.Journal.Dapr.Wire;

/// <summary>Base64 without exceptions.</summary>
internal static class Base64
{
    /// <summary>Reads it; false when it is none.</summary>
    public static bool TryRead(string text, out byte[] bytes)
    {
        var buffer = new byte[(text.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(text, buffer, out var length))
        {
            bytes = [];
            return false;
        }

        bytes = buffer[..length];
        return true;
    }
}
