using Broker.Kubernetes.Recording;

namespace Broker.Kubernetes.Leaks;

/// <summary>What the recovery of leaks needs around it: the clock, and whom to tell.</summary>
public sealed record LeakSurroundings(
    TimeProvider Time, Action<string, Exception> Failed, Action<WitnessWarning> Warn);
