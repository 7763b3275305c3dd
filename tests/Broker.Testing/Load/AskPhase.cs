namespace Broker.Testing.Load;

/// <summary>What is known of something that was asked for.</summary>
public enum AskPhase
{
    /// <summary>Asked for; while no answer came, it may have been granted or not.</summary>
    Asking,

    /// <summary>The grant was acknowledged.</summary>
    Held,

    /// <summary>Its release was asked for; while no answer came, it may be over or not.</summary>
    Releasing,

    /// <summary>The release was acknowledged, or the grant refused.</summary>
    Gone,
}
