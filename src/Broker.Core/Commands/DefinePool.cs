using Broker.Core.Journal;
using Broker.Core.Pools;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// Define a pool and, with <c>Open</c>, open it at once (an empty ledger, or nothing to adopt). The same
/// definition again is answered again.
/// </summary>
public sealed record DefinePool(
    Actor Actor, PoolSpec Spec, bool Open, PrivateText? Reason)
    : Command<PoolView>(Actor, null);
