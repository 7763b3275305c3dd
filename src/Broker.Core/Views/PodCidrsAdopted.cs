namespace Broker.Core.Views;

/// <summary>What came of writing a Node's podCIDRs down: one sentence for each that could not be.</summary>
public sealed record PodCidrsAdopted(IReadOnlyList<string> Conflicts);
