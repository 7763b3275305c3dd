using StackExchange.Redis;

namespace Broker.Testing.Dapr;

/// <summary>pubsub.redis as a publisher sees it: XADD of the envelope under <c>data</c>.</summary>
public sealed class RedisTopics(string name, IDatabase database)
{
    /// <summary>The component's name.</summary>
    public string Name => name;

    /// <summary>Appends an envelope to a topic's stream.</summary>
    public Task PublishAsync(string topic, byte[] envelope) =>
        database.StreamAddAsync(topic, [new NameValueEntry("data", envelope)]);

    /// <summary>All that was published to a topic, in order.</summary>
    public async Task<IReadOnlyList<byte[]>> ReadAsync(string topic) =>
        [.. (await database.StreamRangeAsync(topic)).Select(entry => (byte[])entry["data"]!)];
}
