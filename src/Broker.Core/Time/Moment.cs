namespace Broker.Core.Time;

/// <summary>
/// The time that a command is decided at: the wall clock for the record, ledger time for every duration.
/// </summary>
public readonly record struct Moment(Instant At, LedgerTime Ledger);
