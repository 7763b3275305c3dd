using Broker.Core.Blocks;

namespace Broker.Core.Requests;

/// <summary>The live blocks that one request was granted.</summary>
internal sealed class BlockRequest : RequestUse
{
    /// <summary>The key in <see cref="RequestsState"/>.</summary>
    public required RequestKey Key { get; init; }

    public List<BlockState> Blocks { get; } = new(2);
}
