using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>Take a drained pool out of the ledger, once nothing in it is held, reserved or cooling.</summary>
public sealed record RetirePool(Actor Actor, PoolName Pool, PrivateText? Reason) : Command<PoolView>(Actor, null);
