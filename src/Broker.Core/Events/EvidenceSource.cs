namespace Broker.Core.Events;

/// <summary>Where somebody looked. The numbers are append-only.</summary>
public enum EvidenceSource
{
    /// <summary>The copy that list and watch keep, complete at the time.</summary>
    Cache = 1,

    /// <summary>The API server, asked for that one object.</summary>
    Read = 2,

    /// <summary>An operator.</summary>
    Operator = 3,
}
