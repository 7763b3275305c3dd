namespace Broker.Journal.Reading;

/// <summary>The first thing that is wrong with a journal.</summary>
/// <param name="Code">A code that never changes, in lower snake case.</param>
/// <param name="Position">
/// The first position that is wrong; when only a root differs, the size at which it does; null when the journal could
/// not be opened at all.
/// </param>
/// <param name="Reason">A sentence.</param>
public sealed record VerificationFault(string Code, long? Position, string Reason);
