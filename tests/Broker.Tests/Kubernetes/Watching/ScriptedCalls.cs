using Broker.Kubernetes.Client;
using Broker.Testing.Processes;

namespace Broker.Tests.Kubernetes.Watching;

/// <summary>How calls of one kind are answered, one after the other; what is not said goes well.</summary>
internal sealed class ScriptedCalls
{
    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(20);
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile int _asked;
    private volatile int _failing;
    private volatile bool _hang;
    private volatile bool _hangs;
    private volatile bool _forgotten;

    /// <summary>Calls until now.</summary>
    public int Asked => _asked;

    /// <summary>Whether one waits that will not be answered.</summary>
    public bool Hangs => _hangs;

    /// <summary>The next call is not answered.</summary>
    public void Hang() => _hang = true;

    /// <summary>The next calls fail.</summary>
    public void Fail(int calls) => _failing = calls;

    /// <summary>The next call is told that its version is gone.</summary>
    public void Forget() => _forgotten = true;

    /// <summary>The connection of the call that waits breaks.</summary>
    public void Break() => _broken.SetException(new HttpRequestException("The connection broke."));

    public Task AskedAsync(int calls) => Eventually.HoldsAsync(
        $"there were {calls} calls", () => Task.FromResult(_asked >= calls), deadline);

    public async Task AnswerAsync(CancellationToken cancellation)
    {
        _asked++;
        if (_forgotten)
        {
            _forgotten = false;
            throw new VersionGoneException("Gone.");
        }

        if (_failing > 0)
        {
            _failing--;
            throw new HttpRequestException("It fails.");
        }

        if (_hang)
        {
            (_hang, _hangs) = (false, true);
            await _broken.Task.WaitAsync(cancellation);
        }
    }
}
