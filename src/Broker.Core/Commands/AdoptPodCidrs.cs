using Broker.Core.Journal;
using Broker.Core.PodCidrs;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// A Node has podCIDRs that it was not given by this ledger: write them down as blocks of that node, or keep them back
/// for it until it is admitted. What is written down already gives no event. <c>Owner</c> is the Node's name, sealed.
/// </summary>
public sealed record AdoptPodCidrs(NodePodCidrs Seen, PrivateText Owner) : Command<PodCidrsAdopted>(Actor.Broker, null);
