using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Core.Journal;

/// <summary>
/// One event with its envelope, as it stands at one position of the journal. <see cref="Prev"/> is the position of the
/// previous event on the same subject, or, for the first one on an address in a generation, of that
/// <c>block.granted</c>; null when there is none.
/// </summary>
/// <param name="At">When it was recorded; never goes back along the journal.</param>
/// <param name="Effective">When it was true, if different.</param>
/// <param name="Prev">The previous position on the subject.</param>
/// <param name="Actor">Who caused it.</param>
/// <param name="Request">The request id that caused it, where there was one.</param>
/// <param name="Event">What happened.</param>
public sealed record Fact(
    Instant At, Instant? Effective, long? Prev, Actor Actor, RequestId? Request, LedgerEvent Event);
