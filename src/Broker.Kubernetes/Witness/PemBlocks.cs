using System.Security.Cryptography;
using System.Text;

namespace Broker.Kubernetes.Witness;

/// <summary>Takes PEM text apart.</summary>
internal static class PemBlocks
{
    /// <summary>Most blocks that are looked at.</summary>
    public const int BlocksMax = 16;

    /// <summary>Largest text, in bytes; checked before parsing.</summary>
    public const int BytesMax = 64 * 1024;

    private const string Certificate = "CERTIFICATE";

    /// <summary>Every block that can be read, in order; what lies between them is passed over.</summary>
    public static IReadOnlyList<PemBlock> Read(ReadOnlyMemory<byte> text)
    {
        var blocks = new List<PemBlock>();
        var rest = Encoding.Latin1.GetString(text.Span[..Math.Min(text.Length, BytesMax)]).AsSpan();
        while (blocks.Count < BlocksMax && PemEncoding.TryFind(rest, out var fields))
        {
            var bytes = new byte[fields.DecodedDataLength];
            _ = Convert.TryFromBase64Chars(rest[fields.Base64Data], bytes, out _); // TryFind has read it before.
            blocks.Add(new PemBlock(new string(rest[fields.Label]), bytes));
            rest = rest[fields.Location.End..];
        }

        return blocks;
    }

    /// <summary>
    /// The certificates of a status: nothing but CERTIFICATE blocks, as the API server demands; the first is the leaf.
    /// Null when there is anything else.
    /// </summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Certificates(ReadOnlyMemory<byte> text)
    {
        if (text.Length > BytesMax)
        {
            return null;
        }

        var blocks = Read(text);
        var begins = Count(Encoding.Latin1.GetString(text.Span), "-----BEGIN");
        return blocks.Count > 0 && blocks.Count == begins && blocks.All(block => block.Label == Certificate)
            ? [.. blocks.Select(block => block.Bytes)]
            : null;
    }

    private static int Count(string text, string what)
    {
        var count = 0;
        for (var at = text.IndexOf(what, StringComparison.Ordinal); at >= 0;
            at = text.IndexOf(what, at + what.Length, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }
}
