using Broker.Core.Names;

namespace Broker.Core.Csrs;

/// <summary>The node name that a key is known under, and how many remembered requests say so.</summary>
internal readonly record struct KeyOwner(NodeName Node, int Requests);
