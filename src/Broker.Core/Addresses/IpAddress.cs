using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Broker.Core.Addresses;

/// <summary>
/// One IP address as a number: cheap to compare, to hash and to count with. Text follows RFC 5952.
/// </summary>
public readonly record struct IpAddress(IpFamily Family, UInt128 Value) : IComparable<IpAddress>
{
    /// <summary>Number of bits of an address of this family: 32 or 128.</summary>
    public int Bits => Family == IpFamily.IPv4 ? 32 : 128;

    /// <summary>
    /// Reads the canonical text of an address. Scope ids, IPv4-mapped IPv6, short IPv4 forms and any spelling
    /// that is not the canonical one are refused, so that one address has one text.
    /// </summary>
    public static bool TryParse(string? text, out IpAddress address)
    {
        address = default;
        if (text is null || text.Length > 45 || !IPAddress.TryParse(text, out var parsed))
        {
            return false;
        }

        if (parsed.AddressFamily == AddressFamily.InterNetworkV6 && (parsed.ScopeId != 0 || parsed.IsIPv4MappedToIPv6))
        {
            return false;
        }

        address = From(parsed);
        return address.ToString() == text;
    }

    /// <summary>Reads canonical text that is known to be right.</summary>
    /// <exception cref="FormatException">The text is not a canonical address.</exception>
    public static IpAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an IP address.");

    /// <summary>Converts from the runtime's type.</summary>
    public static IpAddress From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            _ = address.TryWriteBytes(bytes, out _);
            return new IpAddress(IpFamily.IPv4, BinaryPrimitives.ReadUInt32BigEndian(bytes));
        }

        _ = address.TryWriteBytes(bytes, out _);
        return new IpAddress(IpFamily.IPv6, BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>The address that lies <paramref name="offset"/> after this one.</summary>
    public IpAddress Plus(UInt128 offset) => this with { Value = Value + offset };

    /// <summary>Orders by family, then by number.</summary>
    public int CompareTo(IpAddress other) =>
        Family != other.Family ? Family.CompareTo(other.Family) : Value.CompareTo(other.Value);

    public static bool operator <(IpAddress left, IpAddress right) => left.CompareTo(right) < 0;

    public static bool operator >(IpAddress left, IpAddress right) => left.CompareTo(right) > 0;

    public static bool operator <=(IpAddress left, IpAddress right) => left.CompareTo(right) <= 0;

    public static bool operator >=(IpAddress left, IpAddress right) => left.CompareTo(right) >= 0;

    /// <summary>Converts to the runtime's type.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return new IPAddress(Family == IpFamily.IPv4 ? bytes[12..] : bytes);
    }

    /// <summary>The canonical text.</summary>
    public override string ToString() => ToIPAddress().ToString();
}
