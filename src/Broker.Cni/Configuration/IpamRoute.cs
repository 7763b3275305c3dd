namespace Broker.Cni.Configuration;

/// <summary>A route that is passed through to the result; nothing is made up for what is not given.</summary>
/// <param name="Destination">A CIDR.</param>
/// <param name="Gateway">An address of the same family, or null: the caller then takes the lease's own gateway.</param>
/// <param name="Metrics">Of CNI 1.1: mtu, advmss, priority, table, scope.</param>
internal sealed record IpamRoute(
    string Destination, string? Gateway, IReadOnlyList<KeyValuePair<string, int>> Metrics);
