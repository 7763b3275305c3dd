namespace Broker.Server.Api;

/// <summary>The listener that a connection came in by; fixed for the life of the connection.</summary>
internal enum ListenerKind
{
    Node = 1,
    People = 2,
    Enrol = 3,
    Health = 4,
}
