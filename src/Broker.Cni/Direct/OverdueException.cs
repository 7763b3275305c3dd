namespace Broker.Cni.Direct;

/// <summary>The other side did not answer in time.</summary>
internal sealed class OverdueException() : IOException("no answer came in time");
