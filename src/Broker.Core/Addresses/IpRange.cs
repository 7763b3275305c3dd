namespace Broker.Core.Addresses;

/// <summary>Addresses from first to last, both included, of one family.</summary>
public readonly record struct IpRange(IpAddress First, IpAddress Last)
{
    /// <summary>Whether it is one address.</summary>
    public bool IsSingle => First == Last;

    /// <summary>Whether the address lies inside.</summary>
    public bool Contains(IpAddress address) => address >= First && address <= Last;

    /// <summary>Whether the two share an address.</summary>
    public bool Overlaps(IpRange other) => Contains(other.First) || other.Contains(First);

    /// <summary>Reads <c>first-last</c>, one address, or a CIDR.</summary>
    public static bool TryParse(string? text, out IpRange range)
    {
        range = default;
        if (Cidr.TryParse(text, out var cidr))
        {
            range = new IpRange(cidr.Network, cidr.Last);
            return true;
        }

        var dash = text?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        var (first, last) = dash < 0 ? (text, text) : (text![..dash], text[(dash + 1)..]);
        if (!IpAddress.TryParse(first, out var from) || !IpAddress.TryParse(last, out var to)
            || from.Family != to.Family || from > to)
        {
            return false;
        }

        range = new IpRange(from, to);
        return true;
    }

    /// <summary>The text of a reservation: one address as itself, else <c>first-last</c>.</summary>
    public string ToShortText() => IsSingle ? First.ToString() : ToString();

    /// <summary>The canonical text, <c>first-last</c>.</summary>
    public override string ToString() => $"{First}-{Last}";
}
