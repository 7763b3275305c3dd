using Broker.Bench.Load;
using Broker.Cni.Brokers;
using Broker.Cni.Direct.Http2;
using Broker.Contracts.Routing;

namespace Broker.Bench.Grants;

/// <summary>Single durable grants of one address each, by as many nodes as there are connections.</summary>
internal sealed class BrokerGrants(BenchLedger ledger, int connections) : ILoadTarget, IDisposable
{
    private readonly LoadConnections _connections = new([.. ledger.Nodes.Take(connections).Select(ledger.Endpoint)]);

    /// <summary>Requests that were sent again.</summary>
    public long Repeated => _connections.Repeated;

    public void Do(int connection)
    {
        var request = new Http2Request("POST", ApiRoutes.Leases, LeaseWire.Write(ledger.NewLease()));
        var reply = _connections.Ask(connection, request);
        _ = reply.IsSuccess && LeaseWire.ReadGranted(reply.Body) is { Count: 1 } granted
            ? granted // What is refused is no grant.
            : throw new InvalidOperationException($"{reply.Status}: {LeaseWire.ReadProblem(reply.Body)}");
    }

    public void Dispose() => _connections.Dispose();
}
