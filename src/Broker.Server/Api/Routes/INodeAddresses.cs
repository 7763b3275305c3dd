using Broker.Core.Addresses;
using Broker.Core.Names;

namespace Broker.Server.Api.Routes;

/// <summary>Where a node can be reached: by what it was seen with, or by what its cluster says.</summary>
internal interface INodeAddresses
{
    /// <summary>The newest address of a family, or null while none is known of this very Node.</summary>
    NodeAddress? Find(NodeName node, NodeUid uid, IpFamily family);
}
