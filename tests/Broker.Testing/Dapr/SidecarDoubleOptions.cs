namespace Broker.Testing.Dapr;

/// <summary>How a <see cref="SidecarDouble"/> is set up.</summary>
public sealed record SidecarDoubleOptions
{
    /// <summary>The component's name.</summary>
    public string StateStore { get; init; } = "journal";

    /// <summary>The component's literal key prefix.</summary>
    public string KeyPrefix { get; init; } = "test";

    /// <summary>The token that calls must carry; null for none.</summary>
    public string? ApiToken { get; init; }

    /// <summary>The largest message, both ways.</summary>
    public int MessageBytesMax { get; init; } = 4 << 20;

    /// <summary>Where events go; null for a sidecar without pub/sub.</summary>
    public RedisTopics? Topics { get; init; }
}
