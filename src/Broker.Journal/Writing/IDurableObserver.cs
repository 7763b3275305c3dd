using Broker.Core.Journal;

namespace Broker.Journal.Writing;

/// <summary>
/// Is told of every event once it is durable: in order, without gaps, from position 0 on (replay at the start
/// included), before the answers that depend on it. Runs on the writer's loop: quick, and never throws; if it throws,
/// the writer stops.
/// </summary>
public interface IDurableObserver
{
    /// <summary>The facts at <paramref name="first"/> and after it are durable.</summary>
    void OnDurable(long first, IReadOnlyList<Fact> facts);
}
