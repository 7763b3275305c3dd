namespace Broker.Kubernetes.Watching;

/// <summary>A whole list as it was seen.</summary>
/// <param name="Items">The objects.</param>
/// <param name="Begun">When the list was asked for, on the monotonic clock.</param>
/// <param name="LastContact">When the server was last heard before, by the wall clock; null at the first list.</param>
/// <typeparam name="T">The objects.</typeparam>
internal sealed record ListSeen<T>(IReadOnlyList<T> Items, long Begun, DateTimeOffset? LastContact);
