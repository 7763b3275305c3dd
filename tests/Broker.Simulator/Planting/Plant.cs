namespace Broker.Simulator.Planting;

/// <summary>
/// A bug that a simulation is to find: what it checks is worth what it finds. Each is planted where the journal meets
/// its store, its clock or its callers, so that the product itself has no switch for it, unless the docstring says so.
/// </summary>
public enum Plant
{
    /// <summary>None: the product as it is.</summary>
    None = 0,

    /// <summary>A commit counts when it was sent.</summary>
    AnswerBeforeDurable = 1,

    /// <summary>An old copy of the database is served, for nobody looks at the mark.</summary>
    ForgottenMark = 2,

    /// <summary>A cooldown is over fifty times too early.</summary>
    ReuseBeforeCooldown = 3,

    /// <summary>The head is swapped whatever it is.</summary>
    IgnoredEpoch = 4,

    /// <summary>A failed fsync is tried again, and the second answer believed.</summary>
    RetryAfterFailedFsync = 5,

    /// <summary>The head is taken for what this process wrote, once the reply to its swap said so.</summary>
    BelievedReply = 6,

    /// <summary>A batch is not read back before the head that carries it is replaced.</summary>
    TailNotReadBack = 7,

    /// <summary>Who was deposed answers refusals and reads, for it does not look at the head.</summary>
    NoLookAtHead = 8,

    /// <summary>A stream gives events that are not durable yet.</summary>
    StreamAheadOfDisk = 9,

    /// <summary>A reader goes on behind what it asked for, not behind what it got.</summary>
    ReaderSkips = 10,

    /// <summary>A repeat comes with another request id.</summary>
    RepeatWithoutItsId = 11,

    /// <summary>Cooldowns run on the wall clock.</summary>
    CooldownOnWallClock = 12,
}
