using Broker.Core.Names;

namespace Broker.Kubernetes.Events;

/// <summary>What the publisher needs around it.</summary>
/// <param name="Time">The clock of limits and of the Events' times.</param>
/// <param name="NodeUid">The UID of a name's Node object; null when there is none.</param>
/// <param name="Counted">Told of each notice what became of it: one of <see cref="NoticeOutcomes"/>.</param>
/// <param name="Warn">Told once for each time that Events are off, and why.</param>
public sealed record EventSurroundings(
    TimeProvider Time, Func<NodeName, string?> NodeUid, Action<string> Counted, Action<string> Warn);
