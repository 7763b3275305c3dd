using Broker.Contracts.Blocks;

namespace Broker.Testing.Load;

/// <summary>A request for one block and what was answered. One worker at a time has it.</summary>
public sealed class TrackedBlock(LoadNode node, string name)
{
    public LoadNode Node { get; } = node;

    public AskPhase Phase { get; set; }

    /// <summary>The acknowledged block.</summary>
    public BlockInfo? Granted { get; set; }

    /// <summary>What is sent, the same each time.</summary>
    public BlocksRequest Request() => new(name, [LoadWorld.BlockPool]);
}
