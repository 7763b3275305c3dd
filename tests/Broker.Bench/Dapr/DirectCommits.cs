using Broker.Bench.Load;
using Broker.Testing.Dapr;

namespace Broker.Bench.Dapr;

/// <summary>
/// The round trips of a commit without a sidecar and without a journal: a batch of that many bytes written and read
/// back, a head of as many swapped and read back.
/// </summary>
internal sealed class DirectCommits : ILoadTarget
{
    private readonly IStateComponent _component;
    private readonly byte[] _bytes;
    private readonly string _prefix = Guid.NewGuid().ToString("N");
    private StateEntry? _head;
    private long _number;

    private DirectCommits(IStateComponent component, byte[] bytes) => (_component, _bytes) = (component, bytes);

    public static async Task<DirectCommits> StartAsync(IStateComponent component, int bytes)
    {
        var commits = new DirectCommits(component, new byte[bytes]);
        await component.SetAsync(new StateSet(commits.Head, commits._bytes, string.Empty, true));
        commits._head = await component.GetAsync(commits.Head);
        return commits;
    }

    private string Head => _prefix + "head";

    /// <inheritdoc/>
    public void Do(int connection) => DoAsync().GetAwaiter().GetResult();

    private async Task DoAsync()
    {
        var batch = _prefix + _number++;
        await _component.SetAsync(new StateSet(batch, _bytes, null, false));
        _ = await _component.GetAsync(batch) ?? throw new InvalidOperationException("The batch is not there.");
        await _component.SetAsync(new StateSet(Head, _bytes, _head!.ETag, true));
        _head = await _component.GetAsync(Head);
    }
}
