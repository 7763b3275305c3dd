using Broker.Core.Addresses;

namespace Broker.Core.Views;

/// <summary>The answer to a release: the addresses that were freed, possibly none.</summary>
public sealed record LeasesEnded(IReadOnlyList<IpAddress> Addresses);
