using Broker.Core.Journal;

namespace Broker.Server.History;

/// <summary>An event and where it stands.</summary>
internal sealed record PlacedFact(long Position, Fact Fact)
{
    /// <summary>When it was true.</summary>
    public Core.Time.Instant TrueFrom => Fact.Effective ?? Fact.At;
}
