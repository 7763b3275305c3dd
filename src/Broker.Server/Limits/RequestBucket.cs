namespace Broker.Server.Limits;

/// <summary>
/// A token bucket on a clock that tests can turn; the runtime's own reads the machine's. Not safe to share: its owner
/// locks.
/// </summary>
internal sealed class RequestBucket
{
    private readonly double _perSecond;
    private readonly double _burst;
    private double _left;
    private long _at;

    public RequestBucket(double perSecond, double burst, long now) =>
        (_perSecond, _burst, _left, _at) = (perSecond, burst, burst, now);

    /// <summary>Takes one request; null when it was there, else how long until it is.</summary>
    public TimeSpan? Take(TimeProvider time, long now)
    {
        Refill(time, now);
        if (_left >= 1)
        {
            _left--;
            return null;
        }

        return TimeSpan.FromSeconds((1 - _left) / _perSecond);
    }

    /// <summary>Whether nothing is missing: a new bucket would be the same.</summary>
    public bool IsFull(TimeProvider time, long now)
    {
        Refill(time, now);
        return _left >= _burst;
    }

    private void Refill(TimeProvider time, long now)
    {
        _left = Math.Min(_burst, _left + (time.GetElapsedTime(_at, now).TotalSeconds * _perSecond));
        _at = now;
    }
}
