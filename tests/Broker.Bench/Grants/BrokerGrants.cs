using Broker.Bench.Load;
using Broker.Client;

namespace Broker.Bench.Grants;

/// <summary>Single durable grants of one address each, by as many nodes as there are connections.</summary>
internal sealed class BrokerGrants(BenchLedger ledger, int connections) : ILoadTarget
{
    private readonly NodeApi[] _nodes = [.. ledger.Nodes.Take(connections).Select(ledger.Api)];

    public async Task DoAsync(int connection)
    {
        var answer = await _nodes[connection].GrantLeaseAsync(ledger.NewLease(), default);
        _ = answer.OrThrow(); // A refusal ends the bench: what is refused is no grant.
    }
}
