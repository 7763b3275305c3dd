namespace Broker.Tests.Core;

/// <summary>One step of a <see cref="ModelRun"/>: what to do, and what to draw the rest from.</summary>
internal readonly record struct ModelStep(int Kind, int Seed)
{
    /// <summary>How many kinds there are, weighted by how often each comes.</summary>
    public const int Kinds = 16;
}
