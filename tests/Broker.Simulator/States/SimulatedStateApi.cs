using Broker.Journal.Dapr.Protocol;
using Broker.Journal.Dapr.Sidecar;
using Broker.Simulator.Machines;
using Broker.Simulator.Planting;
using Broker.Simulator.Time;

namespace Broker.Simulator.States;

/// <summary>
/// A state store as one process reaches it: a call may be lost on its way, be applied long after its caller gave up, or
/// twice, and its reply may be lost; what is read is always the newest.
/// </summary>
internal sealed class SimulatedStateApi(Timeline timeline, SharedState state, StateKind kind, Life life, Plant plant)
    : IStateApi
{
    private const long CallTime = 5 * Timeline.Second;

    private readonly Dictionary<string, StoredValue> _believed = [];

    public Task<HeadCopy> ReadAsync(string key, CancellationToken cancellationToken)
    {
        if (plant == Plant.BelievedReply && _believed.Remove(key, out var believed))
        {
            return Task.FromResult(state.Read(key) with { Value = believed });
        }

        if (plant == Plant.TailNotReadBack && _believed.TryGetValue(key, out believed))
        {
            return Task.FromResult(new HeadCopy(believed, "0"));
        }

        return AskAsync(() => state.Read(key));
    }

    public Task<IReadOnlyDictionary<string, StoredValue>> ReadManyAsync(
        IReadOnlyList<string> keys, CancellationToken cancellationToken) => AskAsync(() =>
            (IReadOnlyDictionary<string, StoredValue>)keys
                .Where(key => state.Read(key).Value is not null && !timeline.Happens(20))
                .ToDictionary(key => key, key => state.Read(key).Value!));

    public Task WriteAsync(
        IReadOnlyList<KeyValuePair<string, StoredValue>> values, CancellationToken cancellationToken)
    {
        foreach (var (key, value) in values)
        {
            if (plant == Plant.TailNotReadBack)
            {
                _believed[key] = value;
            }
        }

        if (kind == StateKind.Atomic)
        {
            return DoAsync(() => values.ToList().ForEach(each => state.Write(each.Key, each.Value)));
        }

        foreach (var (key, value) in values.Skip(1))
        {
            if (!timeline.Happens(30))
            {
                timeline.In(Way(), () => state.Write(key, value));
            }
        }

        return DoAsync(() => state.Write(values[0].Key, values[0].Value));
    }

    public Task SwapAsync(string key, StoredValue value, string eTag, CancellationToken cancellationToken)
    {
        if (plant == Plant.BelievedReply)
        {
            _believed[key] = value;
        }

        return DoAsync(() =>
        {
            if (plant == Plant.IgnoredEpoch)
            {
                state.Write(key, value);
                return;
            }

            _ = state.Swap(key, value, eTag); // No reply tells it.
        });
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => DoAsync(() => state.Delete(key));

    public void Dispose()
    {
    }

    private static StateCallException Lost() =>
        new("dapr_failed", "It was lost.", false, new TimeoutException("It was lost."));

    private long Way() => timeline.Happens(10)
        ? timeline.Between(Timeline.Second, 4 * Timeline.Second)
        : timeline.Between(100, 4_000);

    private Task<T> AskAsync<T>(Func<T> act)
    {
        var isLost = timeline.Happens(15);
        return isLost
            ? life.CallAsync<T>(CallTime, 0, () => true, () => throw Lost())
            : life.CallAsync(Way(), Way(), () => true, act);
    }

    private Task<bool> DoAsync(Action write)
    {
        if (timeline.Happens(15))
        {
            timeline.In(timeline.Between(0, 60 * Timeline.Second), write); // Again, or at last.
        }

        if (timeline.Happens(15))
        {
            return life.CallAsync<bool>(CallTime, 0, () => true, () => throw Lost());
        }

        var isReplyLost = timeline.Happens(15);
        return life.CallAsync(Way(), isReplyLost ? CallTime : Way(), () => true, () =>
        {
            write();
            return isReplyLost ? throw Lost() : true;
        });
    }
}
