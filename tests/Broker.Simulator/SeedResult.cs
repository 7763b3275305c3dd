namespace Broker.Simulator;

/// <summary>What a seed came to.</summary>
/// <param name="Seed">The same seed gives the same.</param>
/// <param name="Faults">What was found; empty when all is well.</param>
/// <param name="Events">Events in the journal at the end.</param>
/// <param name="Acknowledged">Leases that were acknowledged.</param>
internal sealed record SeedResult(int Seed, IReadOnlyList<string> Faults, long Events, int Acknowledged);
