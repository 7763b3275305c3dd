namespace Broker.Tests.Journal.Dapr.Exploring;

/// <summary>How far an exploration goes.</summary>
/// <param name="Writers">Writers, each of which takes over and commits.</param>
/// <param name="Batches">Batches that each wants to commit.</param>
/// <param name="Sends">Times that a writer sends one thing before it gives up.</param>
/// <param name="Claims">Times that a writer tries to take over.</param>
/// <param name="Repeats">Calls that the network delivers twice, in all.</param>
internal sealed record ExplorerBounds(int Writers, int Batches, int Sends, int Claims, int Repeats);
