namespace Broker.Tests.Journal.Dapr.Exploring;

/// <summary>What an exploration found.</summary>
/// <param name="Worlds">Different moments that were visited: all there are, unless something was found.</param>
/// <param name="Loss">What was lost, and the shortest way there; null when nothing is ever lost.</param>
/// <param name="Commits">The most batches that any of these moments had acknowledged.</param>
internal sealed record Explored(int Worlds, string? Loss, int Commits);
