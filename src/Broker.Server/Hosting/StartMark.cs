namespace Broker.Server.Hosting;

/// <summary>
/// Set once the broker serves. Until then the framework logs nothing: why a start failed is told in one sentence, and
/// not once more by each layer with its stack.
/// </summary>
internal sealed class StartMark
{
    private volatile bool _started;

    public bool Started => _started;

    public void Set() => _started = true;
}
