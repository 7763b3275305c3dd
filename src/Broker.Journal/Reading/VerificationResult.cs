using Broker.Journal.Tree;

namespace Broker.Journal.Reading;

/// <summary>What a verification found.</summary>
/// <param name="Size">The number of events that were read and are good.</param>
/// <param name="Root">The root over them.</param>
/// <param name="Fault">The first fault, or null when all is good.</param>
public sealed record VerificationResult(long Size, MerkleHash Root, VerificationFault? Fault)
{
    /// <summary>Whether all is good.</summary>
    public bool IsGood => Fault is null;
}
