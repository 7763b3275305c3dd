using Broker.Journal.Dapr.Protocol;

namespace Broker.Journal.Dapr.Sidecar;

/// <summary>
/// What the journal asks of a state store, one call each, without a retry. A failure is a
/// <see cref="StateCallException"/> and says nothing about what happened to a write.
/// </summary>
internal interface IStateApi : IDisposable
{
    /// <summary>A strong read of one key.</summary>
    Task<HeadCopy> ReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Reads several keys, in any consistency; gives those that were found.</summary>
    Task<IReadOnlyDictionary<string, StoredValue>> ReadManyAsync(
        IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>Writes whatever was there before. Several are not one write.</summary>
    Task WriteAsync(
        IReadOnlyList<KeyValuePair<string, StoredValue>> values, CancellationToken cancellationToken);

    /// <summary>
    /// Writes if the ETag is still the one given; with an empty one, if there is nothing yet. The reply is not told:
    /// it cannot be believed.
    /// </summary>
    Task SwapAsync(string key, StoredValue value, string eTag, CancellationToken cancellationToken);

    /// <summary>Deletes whatever there is.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);
}
