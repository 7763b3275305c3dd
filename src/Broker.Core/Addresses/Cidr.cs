using System.Globalization;

namespace Broker.Core.Addresses;

/// <summary>A subnet in CIDR notation (RFC 4632, RFC 4291 section 2.3); no bit is set beyond the prefix.</summary>
public readonly record struct Cidr(IpAddress Network, int PrefixLength) : IComparable<Cidr>
{
    /// <summary>The family of the subnet.</summary>
    public IpFamily Family => Network.Family;

    /// <summary>Number of bits that count addresses: 0 for a single address.</summary>
    public int HostBits => Network.Bits - PrefixLength;

    /// <summary>The last address of the subnet.</summary>
    public IpAddress Last => Network with { Value = Network.Value | HostMask };

    private UInt128 HostMask => HostBits == 128 ? UInt128.MaxValue : (UInt128.One << HostBits) - 1;

    /// <summary>Reads canonical text, such as <c>10.0.0.0/26</c>; host bits that are set are refused.</summary>
    public static bool TryParse(string? text, out Cidr cidr)
    {
        cidr = default;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (text is null || slash < 0 || !IpAddress.TryParse(text[..slash], out var network))
        {
            return false;
        }

        if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)
            || prefix > network.Bits)
        {
            return false;
        }

        cidr = new Cidr(network, prefix);
        return (network.Value & cidr.HostMask) == 0 && cidr.ToString() == text;
    }

    /// <summary>Reads canonical text that is known to be right.</summary>
    /// <exception cref="FormatException">The text is not a canonical subnet.</exception>
    public static Cidr Parse(string text) =>
        TryParse(text, out var cidr) ? cidr : throw new FormatException($"'{text}' is not a CIDR.");

    /// <summary>Whether the address lies inside.</summary>
    public bool Contains(IpAddress address) =>
        address.Family == Family && (address.Value & ~HostMask) == Network.Value;

    /// <summary>Whether the whole other subnet lies inside.</summary>
    public bool Contains(Cidr other) => other.PrefixLength >= PrefixLength && Contains(other.Network);

    /// <summary>Whether the two share an address.</summary>
    public bool Overlaps(Cidr other) => Contains(other) || other.Contains(this);

    /// <summary>Orders by first address, then the larger subnet first.</summary>
    public int CompareTo(Cidr other)
    {
        var order = Network.CompareTo(other.Network);
        return order != 0 ? order : PrefixLength.CompareTo(other.PrefixLength);
    }

    public static bool operator <(Cidr left, Cidr right) => left.CompareTo(right) < 0;

    public static bool operator >(Cidr left, Cidr right) => left.CompareTo(right) > 0;

    public static bool operator <=(Cidr left, Cidr right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Cidr left, Cidr right) => left.CompareTo(right) >= 0;

    /// <summary>The canonical text.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Network}/{PrefixLength}");
}
