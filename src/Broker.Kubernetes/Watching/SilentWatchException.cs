namespace Broker.Kubernetes.Watching;

/// <summary>A watch brought nothing for so long that it is asked for again.</summary>
internal sealed class SilentWatchException(Exception cause)
    : Exception("The watch was silent: not even a bookmark came.", cause);
