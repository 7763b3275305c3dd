namespace Broker.Journal.Dapr.Relay;

/// <summary>
/// Where the relay publishes, and where it keeps how far it came. Failures are <c>StateCallException</c>s.
/// </summary>
internal interface IEventOutlet : IDisposable
{
    /// <summary>Returns when the broker behind the sidecar has taken the envelope.</summary>
    Task PublishAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken);

    /// <summary>The position that is to be published next; 0 where nothing was published yet.</summary>
    Task<long> ReadCursorAsync(CancellationToken cancellationToken);

    /// <summary>Keeps it. An older one, should it arrive later, only brings repeats.</summary>
    Task SaveCursorAsync(long position, CancellationToken cancellationToken);
}
