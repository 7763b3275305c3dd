using System.Runtime.CompilerServices;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Watching;

namespace Broker.Tests.Kubernetes.Watching;

/// <summary>A server whose lists are empty and whose watches end at once, unless its script says so.</summary>
internal sealed class ScriptedSource : IListTarget<string>
{
    public ScriptedCalls Lists { get; } = new();

    public ScriptedCalls Watches { get; } = new();

    /// <summary>The versions that watches were asked for.</summary>
    public List<string> Versions { get; } = [];

    public async Task<ClusterList<string>> ListAsync(CancellationToken cancellation)
    {
        await Lists.AnswerAsync(cancellation);
        return new ClusterList<string>([], "7");
    }

    public async IAsyncEnumerable<ClusterChange<string>> WatchAsync(
        string version, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Versions.Add(version);
        await Watches.AnswerAsync(cancellation);
        yield break;
    }

    public Task<TimeSpan?> ListedAsync(ListSeen<string> seen, CancellationToken cancellation) =>
        Task.FromResult<TimeSpan?>(null);

    public Task ChangedAsync(ClusterChange<string> change, CancellationToken cancellation) => Task.CompletedTask;
}
