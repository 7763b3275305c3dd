using Broker.Journal.Reading;

namespace Broker.Server.History;

/// <summary>What one pass over the journal looks for.</summary>
internal interface IJournalScan
{
    /// <summary>Whether a line must be parsed: a cheap look at its bytes, never a decision.</summary>
    bool MayMatter(JournalLine line);

    /// <summary>Takes in a parsed line, in journal order.</summary>
    void Take(PlacedFact placed);
}
