using System.Globalization;
using System.Text;

namespace Broker.Cni.Direct.Http2;

/// <summary>
/// Reads the header block of an answer, RFC 7541, for its status and media type. We allow a dynamic table of no bytes,
/// so that there is no state between two blocks, and no entry but those of the static table may be named.
/// </summary>
internal ref struct HeaderReader(ReadOnlySpan<byte> block)
{
    private const string StatusName = ":status";
    private const string ContentTypeName = "content-type";

    // Places in the static table, RFC 7541 appendix A.
    private const int FirstStatus = 8;
    private const int ContentType = 31;
    private const int Last = 61;
    private const int NumberMax = 1 << 20;
    private static readonly int[] statuses = [200, 204, 206, 304, 400, 404, 500];

    private ReadOnlySpan<byte> _rest = block;
    private int _status;
    private string? _mediaType;

    /// <exception cref="Http2Exception">It is no header block of an answer.</exception>
    public ResponseHead Read()
    {
        while (!_rest.IsEmpty)
        {
            switch (_rest[0])
            {
                case >= 0x80:
                    ReadIndexed(ReadNumber(7));
                    break;
                case >= 0x40:
                    ReadLiteral(ReadNumber(6));
                    break;
                case >= 0x20:
                    Demand(ReadNumber(5) == 0, "a larger table of headers than was allowed");
                    break;
                default:
                    ReadLiteral(ReadNumber(4));
                    break;
            }
        }

        Demand(_status is >= 100 and <= 999, "an answer without a status");
        return new ResponseHead(_status, _mediaType);
    }

    private void ReadIndexed(int index)
    {
        Demand(index is > 0 and <= Last, $"header {index}, which there is not");
        if (IsStatus(index))
        {
            SetStatus(statuses[index - FirstStatus]);
        }
    }

    private void ReadLiteral(int index)
    {
        Demand(index <= Last, $"header {index}, which there is not");
        var name = index switch
        {
            0 => ReadText(),
            ContentType => ContentTypeName,
            _ => IsStatus(index) ? StatusName : null,
        };
        var value = ReadText();
        if (name == StatusName)
        {
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var status);
            SetStatus(isNumber ? status : 0);
        }
        else if (name == ContentTypeName && value is not null)
        {
            var end = value.IndexOf(';', StringComparison.Ordinal);
            _mediaType = (end < 0 ? value : value[..end]).Trim();
        }
    }

    private void SetStatus(int status)
    {
        Demand(_status == 0, "an answer with two statuses");
        _status = status;
    }

    // RFC 7541 section 5.2; null for what no header that we ask for has.
    private string? ReadText()
    {
        Demand(!_rest.IsEmpty, "a header that is cut off");
        var isPacked = _rest[0] >= 0x80;
        var length = ReadNumber(7);
        Demand(length <= _rest.Length, "a header that is cut off");
        var bytes = _rest[..length];
        _rest = _rest[length..];
        return isPacked ? HuffmanText.Read(bytes) : Encoding.Latin1.GetString(bytes);
    }

    // RFC 7541 section 5.1.
    private int ReadNumber(int bits)
    {
        var full = (1 << bits) - 1;
        var number = _rest[0] & full;
        _rest = _rest[1..];
        if (number < full)
        {
            return number;
        }

        for (var shift = 0; ; shift += 7)
        {
            Demand(!_rest.IsEmpty && shift <= 14, "a number that does not end");
            var next = _rest[0];
            _rest = _rest[1..];
            number += (next & 0x7f) << shift;
            Demand(number <= NumberMax, "a number that is too large");
            if (next < 0x80)
            {
                return number;
            }
        }
    }

    private static bool IsStatus(int index) => index >= FirstStatus && index < FirstStatus + statuses.Length;

    private static void Demand(bool holds, string what)
    {
        if (!holds)
        {
            throw new Http2Exception($"{what} came");
        }
    }
}
