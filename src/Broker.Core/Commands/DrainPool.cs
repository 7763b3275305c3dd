using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// Grant nothing more from a pool, so that it runs empty. Draining a drained pool is answered again; opening it ends
/// that.
/// </summary>
public sealed record DrainPool(Actor Actor, PoolName Pool, PrivateText? Reason) : Command<PoolView>(Actor, null);
