using System.Collections.Concurrent;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Identity.Reasons;

namespace Broker.Identity.Witness;

/// <summary>
/// The keys of requests that were denied, failed or contradicted, so that a certificate for one is refused for what it
/// is. The oldest are forgotten past a bound: then it is unwitnessed like any other.
/// </summary>
internal sealed class RefusedRequests
{
    private const int KeysMax = 16_384;
    private readonly ConcurrentDictionary<KeyHash, string> codes = new();
    private readonly Queue<KeyHash> order = new();
    private CsrObserved? newest;

    /// <summary>Takes in an event on a request; the decision follows its request in the journal.</summary>
    public void Apply(LedgerEvent e)
    {
        switch (e)
        {
            case CsrObserved observed:
                newest = observed;
                break;
            case CsrDenied denied:
                Add(denied.Csr, ReasonCodes.CsrDenied);
                break;
            case CsrFailed failed:
                Add(failed.Csr, ReasonCodes.CsrFailed);
                break;
            case CsrContradicted contradicted:
                Add(contradicted.Csr, IdentityReasons.Find(contradicted.Code)?.Code ?? ReasonCodes.CsrContradictory);
                break;
        }
    }

    public string? Find(KeyHash key) => codes.GetValueOrDefault(key);

    private void Add(CsrName csr, string code)
    {
        if (newest?.Csr != csr || !codes.TryAdd(newest.Key, code))
        {
            return;
        }

        order.Enqueue(newest.Key);
        if (order.Count > KeysMax)
        {
            _ = codes.TryRemove(order.Dequeue(), out _); // Each queued key is in the index.
        }
    }
}
