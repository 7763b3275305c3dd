namespace Broker.Core.Addresses;

/// <summary>The two address families. The numbers are the IP version.</summary>
public enum IpFamily
{
    /// <summary>IPv4, 32 bits.</summary>
    IPv4 = 4,

    /// <summary>IPv6, 128 bits.</summary>
    IPv6 = 6,
}
