namespace Broker.Cni.Direct.Http2;

/// <summary>
/// Reads text in the code of RFC 7541 appendix B. The code is canonical: in the order of length, then of value, each is
/// one more than the one before. Only lengths up to 15 are here: they hold ASCII without controls and backslash, and
/// nothing else stands in a status or a media type.
/// </summary>
internal static class HuffmanText
{
    private static readonly (int Bits, string Values)[] lengths =
    [
        (5, "012aceiost"),
        (6, " %-./3456789=A_bdfghlmnpru"),
        (7, ":BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz"),
        (8, "&*,;XZ"),
        (10, "!\"()?"),
        (11, "'+|"),
        (12, "#>"),
        (13, "\0$@[]~"),
        (14, "^}"),
        (15, "<`{"),
    ];

    /// <summary>The text, or null when there is something else in it.</summary>
    public static string? Read(ReadOnlySpan<byte> packed)
    {
        var text = new char[packed.Length * 8 / lengths[0].Bits];
        var (count, bit, end) = (0, 0, packed.Length * 8);
        while (bit < end)
        {
            if (!TryNext(packed, ref bit, out var value))
            {
                // The end is filled up with ones, with less than a byte of them.
                return end - bit < 8 && IsOnes(packed, bit) ? new string(text, 0, count) : null;
            }

            text[count++] = value;
        }

        return new string(text, 0, count);
    }

    private static bool TryNext(ReadOnlySpan<byte> packed, ref int bit, out char value)
    {
        var (code, first, read, at) = (0, 0, 0, bit);
        foreach (var (bits, values) in lengths)
        {
            first <<= bits - read;
            for (; read < bits && at < packed.Length * 8; read++, at++)
            {
                code = (code << 1) | BitOf(packed, at);
            }

            if (read < bits)
            {
                break;
            }

            if (code - first < values.Length)
            {
                (bit, value) = (at, values[code - first]);
                return true;
            }

            first += values.Length;
        }

        value = default;
        return false;
    }

    private static bool IsOnes(ReadOnlySpan<byte> packed, int bit)
    {
        for (; bit < packed.Length * 8; bit++)
        {
            if (BitOf(packed, bit) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int BitOf(ReadOnlySpan<byte> packed, int bit) => (packed[bit / 8] >> (7 - (bit % 8))) & 1;
}
