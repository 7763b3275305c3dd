namespace Broker.Contracts.Routes;

/// <summary>
/// A live block and the node to send its packets to. Via is an address of the node, and seenAt when it was last seen
/// there; both are null while the broker knows none. Via is no next hop where it is a loopback or link-local address:
/// the ip-route form has a comment there.
/// </summary>
public sealed record RouteInfo(
    string Block, string Pool, string Node, string NodeUid, string? Via, string? SeenAt);
