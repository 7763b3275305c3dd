namespace Broker.Server.Tls;

/// <summary>How many connections a listener holds open.</summary>
/// <param name="PerCallerMax">For one node or person; the newest is refused.</param>
/// <param name="ListenerMax">For all callers together; the newest is refused.</param>
public sealed record ConnectionLimits(int PerCallerMax, int ListenerMax)
{
    /// <summary>For the node listener.</summary>
    public static ConnectionLimits Nodes { get; } = new(4, 65_536);

    /// <summary>For the people listener: a browser opens six.</summary>
    public static ConnectionLimits People { get; } = new(16, 256);
}
