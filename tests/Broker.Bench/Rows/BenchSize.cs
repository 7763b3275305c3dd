namespace Broker.Bench.Rows;

/// <summary>How often the sides take turns, and how long a turn lasts.</summary>
internal sealed record BenchSize(int Rounds, TimeSpan Turn);
