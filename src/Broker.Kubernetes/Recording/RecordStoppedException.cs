namespace Broker.Kubernetes.Recording;

/// <summary>The ledger takes nothing more: the witness ends, for what it sees could not be recorded.</summary>
public sealed class RecordStoppedException(string message, Exception inner) : Exception(message, inner);
