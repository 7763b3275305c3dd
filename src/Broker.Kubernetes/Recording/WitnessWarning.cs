namespace Broker.Kubernetes.Recording;

/// <summary>Something for the log: a stable word, the object that it is about, and a sentence.</summary>
public sealed record WitnessWarning(string Code, string Name, string Detail);
