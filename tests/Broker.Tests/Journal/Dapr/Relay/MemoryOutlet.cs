using Broker.Journal.Dapr.Relay;

namespace Broker.Tests.Journal.Dapr.Relay;

/// <summary>Keeps what is published; fails when told to, before or after it did what it was asked.</summary>
internal sealed class MemoryOutlet : IEventOutlet
{
    private readonly List<byte[]> _published = [];

    public long Cursor { get; set; }

    /// <summary>Called with the number of calls so far; true to fail before.</summary>
    public Func<int, bool> FailsBefore { get; set; } = _ => false;

    /// <summary>The same, after.</summary>
    public Func<int, bool> FailsAfter { get; set; } = _ => false;

    public IReadOnlyList<byte[]> Published
    {
        get
        {
            lock (_published)
            {
                return [.. _published];
            }
        }
    }

    private int Calls { get; set; }

    public Task PublishAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken)
    {
        Calls++;
        Fail(FailsBefore(Calls));
        lock (_published)
        {
            _published.Add(envelope.ToArray());
        }

        Fail(FailsAfter(Calls));
        return Task.CompletedTask;
    }

    public Task<long> ReadCursorAsync(CancellationToken cancellationToken) => Task.FromResult(Cursor);

    public Task SaveCursorAsync(long position, CancellationToken cancellationToken)
    {
        Cursor = position;
        return Task.CompletedTask;
    }

    public void Dispose()
    {
    }

    private static void Fail(bool fails)
    {
        if (fails)
        {
            throw MemoryStateApi.Lost();
        }
    }
}
