namespace Broker.Cni.Errors;

/// <summary>Ends the verb with an error. Thrown while reading what the runtime gave, caught in one place.</summary>
internal sealed class CniException(CniError error) : Exception(error.Message)
{
    public CniException(CniErrorCode code, string message, string details)
        : this(new CniError(code, message, details))
    {
    }

    public CniError Error { get; } = error;
}
