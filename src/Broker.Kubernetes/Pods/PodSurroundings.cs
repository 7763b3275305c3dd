using Broker.Kubernetes.Watching;

namespace Broker.Kubernetes.Pods;

/// <summary>What the watch of pods needs around it: clock, waits, and whom to tell of a failed call.</summary>
public sealed record PodSurroundings(TimeProvider Time, WatchTimes Times, Action<string, Exception> Failed);
