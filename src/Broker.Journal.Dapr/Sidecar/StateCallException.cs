namespace Broker.Journal.Dapr.Sidecar;

/// <summary>A call to the sidecar failed. What it was to write may be written, or be written later.</summary>
internal sealed class StateCallException(string code, string message, bool isFinal, Exception inner)
    : Exception(message, inner)
{
    /// <summary>A code that never changes, in lower snake case.</summary>
    public string Code => code;

    /// <summary>Whether the sidecar refuses such calls altogether, so that asking again is of no use.</summary>
    public bool IsFinal => isFinal;
}
