using Broker.Core.Names;

namespace Broker.Server.Cluster;

/// <summary>Request feature: a grant is asked for, for this pod (<see cref="PodIdentity.None"/> for none).</summary>
internal sealed record AskedFor(PodIdentity Pod);
