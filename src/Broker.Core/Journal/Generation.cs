namespace Broker.Core.Journal;

/// <summary>The generation of a block: the position of its <c>block.granted</c>.</summary>
public readonly record struct Generation(long Position);
