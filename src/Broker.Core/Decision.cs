using Broker.Core.Journal;
using Broker.Core.Refusals;

namespace Broker.Core;

/// <summary>
/// What was decided: facts to append (possibly none) with the answer to give once they are durable, or a refusal.
/// </summary>
/// <param name="Facts">In order; empty for a refusal; a repeat at most promotes the caller's certificate.</param>
/// <param name="Answer">Of the type that the command names; null for a refusal.</param>
/// <param name="Refusal">Null for an answer.</param>
public sealed record Decision(IReadOnlyList<Fact> Facts, object? Answer, Refusal? Refusal);
