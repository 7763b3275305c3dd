using Broker.Kubernetes.Recording;
using Broker.Kubernetes.Watching;

namespace Broker.Kubernetes;

/// <summary>What a witness needs around it: clock, waits, the mark of the last contact, and whom to tell.</summary>
public sealed record WitnessSurroundings(
    TimeProvider Time,
    WatchTimes Times,
    IContactMark Mark,
    Action<string, Exception> Failed,
    Action<WitnessWarning> Warn)
{
    /// <summary>Told when Nodes came, changed what matters here, or went.</summary>
    public Action NodesChanged { get; init; } = () => { };
}
