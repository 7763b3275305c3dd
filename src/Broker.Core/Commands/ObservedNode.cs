using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Core.Commands;

/// <summary>A Node object of the cluster: name, UID and when it was created.</summary>
public sealed record ObservedNode(NodeName Name, NodeUid Uid, Instant Created);
