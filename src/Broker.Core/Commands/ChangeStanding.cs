using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// Fence, quarantine, readmit or retire a node. <c>SeenUid</c> is the Node UID that the operator saw: another
/// one is <c>conflict</c>.
/// </summary>
public sealed record ChangeStanding(
    Actor Actor, NodeName Node, NodeUid? SeenUid, Standing Standing, PrivateText? Reason)
    : Command<NodeView>(Actor, null);
