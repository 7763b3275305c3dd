using Broker.Core.Names;
using Broker.Core.Nodes;

namespace Broker.Core.Requests;

/// <summary>A request id is the caller's own: two nodes may use the same.</summary>
internal readonly record struct RequestKey(NodeState Node, RequestId Request);
