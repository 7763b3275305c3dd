namespace Broker.Core.Views;

/// <summary>The answer to a request for blocks; <c>Repeated</c> when it was given before.</summary>
public sealed record BlocksGranted(IReadOnlyList<BlockView> Blocks, bool Repeated);
