using Broker.Kubernetes.Watching;
using Broker.Testing.Processes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Kubernetes.Watching;

/// <summary>A server that hangs, closes and fails: nothing is waited for without an end.</summary>
public sealed class ListWatchTest : IAsyncDisposable
{
    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new(ClusterPki.Now);

    /// <summary>Back-off so long that a first failure and a thirteenth cannot be mistaken for each other.</summary>
    private readonly WatchTimes _times = new()
    {
        BackOffMin = TimeSpan.FromSeconds(1),
        BackOffMax = TimeSpan.FromHours(10),
        Relist = TimeSpan.FromDays(10),
    };

    private readonly ScriptedSource _source = new();
    private readonly List<Exception> _failures = [];
    private readonly ListWatch<string> _watch;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public ListWatchTest() => _watch = new ListWatch<string>(
        new ListSource<string>("things", _source.ListAsync, _source.WatchAsync),
        _source, _times, _time, (_, error) => _failures.Add(error));

    [Fact]
    public async Task A_list_that_never_comes_is_given_up_and_asked_for_again()
    {
        _source.Lists.Hang();
        Start();
        await _source.Lists.AskedAsync(1);

        _time.Advance(_times.ListMax);

        await SoonAsync(() => _failures is [TimeoutException]);
        await TimePassesUntilAsync(() => _source.Watches.Asked == 1);
        Assert.Equal(2, _source.Lists.Asked);
    }

    [Fact]
    public async Task A_watch_that_falls_silent_is_asked_for_again_from_the_version_that_it_had_reached()
    {
        _source.Watches.Hang();
        Start();
        await _source.Watches.AskedAsync(1);

        _time.Advance(_times.SilenceMax);

        await TimePassesUntilAsync(() => _source.Watches.Asked >= 2);
        Assert.Equal(["7", "7"], _source.Versions.Take(2));
        Assert.Equal(1, _source.Lists.Asked);
        Assert.Empty(_failures); // A server of version 1.20 has no bookmark where nothing ever changed.
    }

    [Fact]
    public async Task A_watch_that_the_server_closes_without_a_change_is_no_failure()
    {
        Start();

        await TimePassesUntilAsync(() => _source.Watches.Asked >= 5);

        Assert.Empty(_failures);
    }

    [Fact]
    public async Task A_list_that_came_makes_the_next_failure_a_first_one()
    {
        _source.Lists.Fail(12);
        _source.Watches.Fail(1);
        Start();
        await TimePassesUntilAsync(() => _source.Watches.Asked == 1);

        await ComesAfterAFirstFailureAsync(() => _source.Watches.Asked == 2);
    }

    [Fact]
    public async Task A_watch_that_stood_for_a_while_makes_the_next_failure_a_first_one()
    {
        _source.Watches.Fail(12);
        Start();
        await TimePassesUntilAsync(() => _source.Watches.Asked == 12);
        _source.Watches.Hang();
        await TimePassesUntilAsync(() => _source.Watches.Hangs);
        var asked = _source.Watches.Asked;
        _time.Advance(_times.Stood);

        _source.Watches.Break();

        await ComesAfterAFirstFailureAsync(() => _source.Watches.Asked > asked);
    }

    [Fact]
    public async Task A_forgotten_version_is_answered_with_a_list_and_not_with_a_complaint()
    {
        _source.Watches.Forget();
        Start();

        await TimePassesUntilAsync(() => _source.Lists.Asked == 2);

        Assert.Empty(_failures);
    }

    [Fact]
    public async Task Who_asks_for_a_list_ends_the_watch_for_it()
    {
        _source.Watches.Hang();
        Start();
        await _source.Watches.AskedAsync(1);
        _time.Advance(_times.RelistMin);

        _watch.RequestList();

        await _source.Lists.AskedAsync(2);
        Assert.Empty(_failures);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static Task SoonAsync(Func<bool> holds) =>
        Eventually.HoldsAsync("the watch has come to it", () => Task.FromResult(holds()), deadline);

    private void Start() => _running = Task.Run(() => _watch.RunAsync(_stop.Token));

    /// <summary>Lets the clock run until it holds.</summary>
    private Task TimePassesUntilAsync(Func<bool> holds) => TimePassesUntilAsync(holds, TimeSpan.FromSeconds(30));

    private Task TimePassesUntilAsync(Func<bool> holds, TimeSpan step) => Eventually.HoldsAsync(
        "the watch has come to it in time",
        () =>
        {
            if (holds())
            {
                return Task.FromResult(true);
            }

            _time.Advance(step);
            return Task.FromResult(false);
        },
        deadline);

    /// <summary>A first failure is waited out for a second and a half at most, a thirteenth for half an hour.</summary>
    private async Task ComesAfterAFirstFailureAsync(Func<bool> holds)
    {
        var from = _time.GetTimestamp();
        await TimePassesUntilAsync(holds, TimeSpan.FromMilliseconds(500));
        Assert.InRange(_time.GetElapsedTime(from), TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }
}
