using System.Text;
using Broker.Journal.Dapr.Protocol;

namespace Broker.Journal.Dapr.Wire;

/// <summary>Bytes as a value: a mark, a dot, base64.</summary>
internal static class Envelopes
{
    public static StoredValue Seal(string mark, ReadOnlySpan<byte> bytes) =>
        new(Encoding.ASCII.GetBytes($"{mark}.{Convert.ToBase64String(bytes)}"));

    /// <summary>The bytes again; null when the mark is another one, or they are none.</summary>
    public static byte[]? Open(string mark, StoredValue value)
    {
        var text = Encoding.ASCII.GetString(value.Bytes.Span);
        return text.StartsWith(mark + ".", StringComparison.Ordinal)
            && Base64.TryRead(text[(mark.Length + 1)..], out var bytes)
            ? bytes
            : null;
    }
}
