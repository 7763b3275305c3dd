namespace Broker.Core.Views;

/// <summary>The answer to a request for addresses; <c>Repeated</c> when it was given before.</summary>
public sealed record LeasesGranted(IReadOnlyList<LeaseView> Leases, bool Repeated);
