namespace Broker.Testing.Dapr;

/// <summary>The kinds of failure that daprd tells apart.</summary>
public enum StateFailure
{
    /// <summary>Anything else.</summary>
    Other = 0,

    /// <summary>The component says that the ETag is another one; true or not.</summary>
    Mismatch = 1,
}
