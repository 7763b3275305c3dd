using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// The Node object of that UID is gone: fence the name. Its blocks stay where they are; where their pools say that this
/// is evidence, a <see cref="ReclaimBlock"/> each follows.
/// </summary>
public sealed record LoseNode(NodeName Node, NodeUid Uid) : Command<LedgerView>(Actor.Broker, null);
