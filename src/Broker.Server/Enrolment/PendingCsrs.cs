using System.Collections.Concurrent;
using Broker.Core.Names;

namespace Broker.Server.Enrolment;

/// <summary>
/// Requests that wait for an operator, in memory: only decisions reach the journal, so that nobody can fill it with
/// requests. After a restart the node's next poll files its request again.
/// </summary>
internal sealed class PendingCsrs(int pendingMax)
{
    private readonly ConcurrentDictionary<CsrName, PendingCsr> _byName = new();
    private long _number;

    public IReadOnlyList<PendingCsr> All => [.. _byName.Values.OrderBy(pending => pending.Number)];

    public PendingCsr? Find(CsrName name) => _byName.GetValueOrDefault(name);

    /// <summary>
    /// Keeps a request; false when as many wait as may. A token holds one place for each node (a token for one use one
    /// place at all), which its newest request takes, so that no token can fill the room of the others.
    /// </summary>
    public bool TryAdd(PendingCsr pending, bool tokenIsForOneUse)
    {
        var request = pending.Request;
        foreach (var other in _byName.Values)
        {
            if (request.Token is { } token && other.Request.Token == token
                && (tokenIsForOneUse || other.Request.Node == request.Node))
            {
                Remove(other.Request.Csr);
            }
        }

        if (_byName.Count >= pendingMax)
        {
            return false;
        }

        _byName[pending.Request.Csr] = pending with { Number = Interlocked.Increment(ref _number) };
        return true;
    }

    public void Remove(CsrName name) => _ = _byName.TryRemove(name, out _);
}
