namespace Broker.Server.Hosting;

/// <summary>
/// What was opened on the way to a running broker, so that a failed start closes it again, newest first.
/// </summary>
internal sealed class StartParts : IAsyncDisposable
{
    private readonly Stack<object> _parts = new();

    public void Add(object part) => _parts.Push(part);

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            if (part is IAsyncDisposable later)
            {
                await later.DisposeAsync();
            }
            else
            {
                (part as IDisposable)?.Dispose();
            }
        }
    }
}
