using Broker.Journal.Tree;

namespace Broker.Journal.Writing;

/// <summary>The newest durable state: what may leave the process, and what an answer carries (I9).</summary>
public sealed record DurableHead(string Origin, long Epoch, long Size, MerkleHash Root);
