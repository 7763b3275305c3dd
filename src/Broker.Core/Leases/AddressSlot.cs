using Broker.Core.Time;

namespace Broker.Core.Leases;

/// <summary>One address of a block: never used (all zero), held, or released.</summary>
internal struct AddressSlot
{
    /// <summary>Who holds it.</summary>
    public Lease? Lease;

    /// <summary>The position of the event that ended its last lease until it is held again, else 0.</summary>
    public long Released;

    /// <summary>Who held it until its node released it, while it is not held again; null after a reclaim.</summary>
    public Former? Former;

    /// <summary>When it was released.</summary>
    public LedgerTime Stamp;

    /// <summary>The slot released before, plus one; 0 for none.</summary>
    public int Older;

    /// <summary>The slot released after, plus one; 0 for none.</summary>
    public int Newer;
}
