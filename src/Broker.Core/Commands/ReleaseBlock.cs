using Broker.Core.Addresses;
using Broker.Core.Journal;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// Give a block back; nothing may be held in it. A generation that is gone is answered again without an event.
/// </summary>
public sealed record ReleaseBlock(
    NodeCaller Caller, Cidr Block, Generation Generation)
    : Command<BlockEnded>(Caller.Actor, null);
