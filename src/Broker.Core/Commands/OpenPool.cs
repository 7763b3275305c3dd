using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>Open a pool that was adopting. Opening an open pool is answered again.</summary>
public sealed record OpenPool(Actor Actor, PoolName Pool, PrivateText? Reason) : Command<PoolView>(Actor, null);
