using System.Collections.Frozen;
using Broker.Core.Events;
using Broker.Journal.Events.Shapes;

namespace Broker.Journal.Events;

/// <summary>Every event type that there is.</summary>
internal static class EventShapes
{
    public static IReadOnlyList<EventShape> All { get; } =
    [
        .. LedgerShapes.All,
        .. PoolShapes.All,
        .. ReservationShapes.All,
        .. CsrShapes.All,
        .. CertificateShapes.All,
        .. NodeShapes.All,
        .. TokenShapes.All,
        .. BlockShapes.All,
        .. LeaseShapes.All,
        .. NoticeShapes.All,
    ];

    private static FrozenDictionary<Type, EventShape> ByType { get; } = All.ToFrozenDictionary(s => s.EventType);

    private static FrozenDictionary<string, EventShape> ByName { get; } =
        All.ToFrozenDictionary(s => s.Name, StringComparer.Ordinal);

    /// <summary>The shape of an event.</summary>
    public static EventShape Of(LedgerEvent e) => ByType[e.GetType()];

    /// <summary>The shape of a type name.</summary>
    /// <exception cref="UnknownEventException">There is none.</exception>
    public static EventShape Of(string name) => ByName.TryGetValue(name, out var shape)
        ? shape
        : throw new UnknownEventException($"The event type '{name}' is unknown to this program; a newer one wrote it.");
}
