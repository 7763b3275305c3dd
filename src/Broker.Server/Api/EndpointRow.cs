using Broker.Server.Api.OpenApi;

namespace Broker.Server.Api;

/// <summary>
/// One line of the endpoint table: where, how, by whom, what answers, and what the description of the surface says.
/// </summary>
internal sealed record EndpointRow(
    ListenerKind Listener,
    string Method,
    string Path,
    CallerKinds Allowed,
    RequestDelegate Handler,
    EndpointAbout? About = null)
{
    /// <summary>Whether a node that asks too often may still call it, out of the share kept for this.</summary>
    public bool KeptShare { get; init; }
}
