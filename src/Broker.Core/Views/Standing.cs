namespace Broker.Core.Views;

/// <summary>The standing of a node.</summary>
public enum Standing
{
    /// <summary>May do all that a node may do.</summary>
    Active = 0,

    /// <summary>Authenticated: may renew, report and release what it holds; no new grants.</summary>
    Quarantined = 1,

    /// <summary>Refused; its blocks stay where they are.</summary>
    Fenced = 2,

    /// <summary>Gone for good.</summary>
    Retired = 3,
}
