using Broker.Core.Events;

namespace Broker.Kubernetes.Nodes;

/// <summary>A Node that is gone, and what shows it: its delete event, or two lists some time apart.</summary>
internal sealed record LostNode(
    string Name, string Uid, Observation First, Observation? Second, long? ApartSeconds);
