namespace Broker.Testing.Dapr;

/// <summary>A component failed, in the words of the component it stands for.</summary>
public sealed class StateStoreException(string message, StateFailure failure) : Exception(message)
{
    /// <summary>What kind of failure it reports.</summary>
    public StateFailure Failure => failure;
}
