namespace Broker.Core.Time;

/// <summary>
/// Ledger time: microseconds of the serving writer's monotonic clock since it started. Cooldowns, terms and graces
/// run on it. Replay happens at <see cref="Zero"/>, so whatever was running at a restart starts over in full.
/// </summary>
public readonly record struct LedgerTime(long Microseconds) : IComparable<LedgerTime>
{
    /// <summary>The start of the serving writer.</summary>
    public static LedgerTime Zero => default;

    /// <summary>The time that lies this many seconds later.</summary>
    public LedgerTime PlusSeconds(long seconds) => new(Microseconds + (seconds * 1_000_000));

    public int CompareTo(LedgerTime other) => Microseconds.CompareTo(other.Microseconds);

    public static bool operator <(LedgerTime left, LedgerTime right) => left.CompareTo(right) < 0;

    public static bool operator >(LedgerTime left, LedgerTime right) => left.CompareTo(right) > 0;

    public static bool operator <=(LedgerTime left, LedgerTime right) => left.CompareTo(right) <= 0;

    public static bool operator >=(LedgerTime left, LedgerTime right) => left.CompareTo(right) >= 0;
}
