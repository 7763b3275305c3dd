using System.Buffers;
using System.Globalization;
using System.Text;

namespace Broker.Cni.Direct.Http2;

/// <summary>
/// Writes the header block of a request, RFC 7541: each field as a literal that nobody indexes, so that there is no
/// state between two of them.
/// </summary>
internal static class HeaderWriter
{
    // Places in the static table, RFC 7541 appendix A.
    private const int Authority = 1;
    private const int Method = 2;
    private const int Path = 4;
    private const int ContentLength = 28;
    private const int ContentType = 31;
    private const byte SchemeIsHttps = 0x87;

    public static ReadOnlySpan<byte> Write(Http2Request request, string authority)
    {
        var block = new ArrayBufferWriter<byte>(512);
        WriteField(block, Method, request.Method);
        Put(block, SchemeIsHttps);
        WriteField(block, Authority, authority);
        WriteField(block, Path, request.Path);
        if (request.Body is { } body)
        {
            WriteField(block, ContentType, request.ContentType);
            WriteField(block, ContentLength, body.Length.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var (name, value) in request.Headers)
        {
            Put(block, 0);
            WriteText(block, name);
            WriteText(block, value);
        }

        return block.WrittenSpan;
    }

    private static void WriteField(ArrayBufferWriter<byte> block, int name, string value)
    {
        WriteNumber(block, 4, name);
        WriteText(block, value);
    }

    private static void WriteText(ArrayBufferWriter<byte> block, string text)
    {
        WriteNumber(block, 7, text.Length);
        var bytes = block.GetSpan(text.Length);
        block.Advance(Encoding.ASCII.GetBytes(text, bytes));
    }

    // RFC 7541 section 5.1.
    private static void WriteNumber(ArrayBufferWriter<byte> block, int bits, int number)
    {
        var full = (1 << bits) - 1;
        if (number < full)
        {
            Put(block, (byte)number);
            return;
        }

        Put(block, (byte)full);
        for (number -= full; number >= 0x80; number >>= 7)
        {
            Put(block, (byte)(0x80 | (number & 0x7f)));
        }

        Put(block, (byte)number);
    }

    private static void Put(ArrayBufferWriter<byte> block, byte value)
    {
        block.GetSpan(1)[0] = value;
        block.Advance(1);
    }
}
