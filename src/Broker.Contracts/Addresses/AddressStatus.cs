namespace Broker.Contracts.Addresses;

/// <summary>What an address is at a time; the first of these that fits.</summary>
public static class AddressStatus
{
    /// <summary>A lease is live.</summary>
    public const string Held = "held";

    /// <summary>It lies in no pool of the ledger.</summary>
    public const string Outside = "outside";

    /// <summary>An operator keeps it back by a reservation.</summary>
    public const string Reserved = "reserved";

    /// <summary>Its pool excludes it.</summary>
    public const string Excluded = "excluded";

    /// <summary>It is the network, gateway or broadcast address of its subnet.</summary>
    public const string KeptBack = "kept-back";

    /// <summary>Its pool has it, and no node holds the block that it would be in.</summary>
    public const string NoBlock = "no-block";

    /// <summary>A node holds its block, and no attachment holds the address.</summary>
    public const string Free = "free";
}
