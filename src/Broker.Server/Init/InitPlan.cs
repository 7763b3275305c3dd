using System.Net;
using Broker.Core.Pools;
using Broker.Server.Options;

namespace Broker.Server.Init;

/// <summary>What <c>broker init</c> is to make.</summary>
/// <param name="Folder">Absolute; must be empty or not exist.</param>
/// <param name="Origin">The ledger's name for ever, as a URL without scheme.</param>
/// <param name="Hosts">DNS names and addresses that the server certificate names.</param>
/// <param name="Operator">The first operator's name.</param>
/// <param name="Listen">Where it is to listen.</param>
/// <param name="Pools">Pools that are open from the start: in an empty ledger there is nothing to adopt.</param>
/// <param name="Sets">Settings to write, by key.</param>
internal sealed record InitPlan(
    string Folder,
    string Origin,
    IReadOnlyList<string> Hosts,
    string Operator,
    ListenOptions Listen,
    IReadOnlyList<PoolSpec> Pools,
    IReadOnlyDictionary<string, string?>? Sets = null)
{
    /// <summary>Those of the hosts that are addresses.</summary>
    public IReadOnlyList<IPAddress> Addresses =>
        [.. Hosts.Where(host => IPAddress.TryParse(host, out _)).Select(IPAddress.Parse)];

    /// <summary>Those of the hosts that are names.</summary>
    public IReadOnlyList<string> DnsNames => [.. Hosts.Where(host => !IPAddress.TryParse(host, out _))];
}
