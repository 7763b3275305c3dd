using System.Collections.Concurrent;
using Broker.Core.Names;
using Broker.Kubernetes.Events;
using Broker.Testing.Processes;
using Microsoft.Extensions.Time.Testing;

namespace Broker.Tests.Kubernetes.Events;

/// <summary>A publisher that runs, on a clock that a test moves.</summary>
internal sealed class PublisherRig : IAsyncDisposable
{
    public static readonly NodeName NodeA = NodeName.Parse("node-a");
    public static readonly NodeName NodeB = NodeName.Parse("node-b");

    private static readonly TimeSpan soon = TimeSpan.FromSeconds(20);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _outcomes = new();
    private readonly Task _running;

    public PublisherRig(EventLimits? limits = null, bool runs = true)
    {
        Publisher = new EventPublisher(Api, limits ?? new EventLimits(), new EventSurroundings(
            Time, node => Nodes.GetValueOrDefault(node.Value), _outcomes.Enqueue, Warnings.Enqueue));
        _running = runs ? Publisher.RunAsync(_stop.Token) : Task.CompletedTask;
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public RecordedEvents Api { get; } = new();

    public EventPublisher Publisher { get; }

    public Dictionary<string, string> Nodes { get; } = new() { ["node-a"] = "uid-a", ["node-b"] = "uid-b" };

    public ConcurrentQueue<string> Warnings { get; } = new();

    public int CountOf(string outcome) => _outcomes.Count(told => told == outcome);

    /// <summary>Offers a notice about a pod that the node names.</summary>
    public void Offer(NodeName node, PodIdentity pod, string reason = "PoolExhausted", string message = "full") =>
        Publisher.Offer(new ClusterNotice(node, pod, reason, message));

    /// <summary>Offers one and waits until it is weighed, and written if it may be.</summary>
    public async Task OfferAndWaitAsync(
        NodeName node, PodIdentity pod, string reason = "PoolExhausted", string message = "full")
    {
        Offer(node, pod, reason, message);
        // An object of its own after it: the queue is in order, so this one is done when that one is.
        await SettledAsync();
    }

    /// <summary>Waits until nothing is left in the queue.</summary>
    public async Task SettledAsync()
    {
        var before = CountOf(NoticeOutcomes.NoObject);
        Publisher.Offer(new ClusterNotice(NodeName.Parse("nobody"), PodIdentity.None, "Marker", ""));
        await Eventually.HoldsAsync(
            "the queue is empty", () => Task.FromResult(CountOf(NoticeOutcomes.NoObject) > before), soon);
    }

    /// <summary>Moves the clock and waits for what the sweep then does.</summary>
    public async Task PassAsync(TimeSpan time, Func<bool> until)
    {
        Time.Advance(time);
        await Eventually.HoldsAsync("what the sweep does is done", () => Task.FromResult(until()), soon);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
