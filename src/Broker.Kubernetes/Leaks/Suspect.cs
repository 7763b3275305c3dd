using Broker.Core.Events;

namespace Broker.Kubernetes.Leaks;

/// <summary>A lease whose pod was not there, or had ended, at one look.</summary>
/// <param name="Lease">The lease.</param>
/// <param name="First">What was seen.</param>
/// <param name="Since">When, on the monotonic clock.</param>
/// <param name="Wait">How long after it the second look is.</param>
internal sealed record Suspect(PodLease Lease, Observation First, long Since, TimeSpan Wait);
