namespace Broker.Kubernetes.Events;

/// <summary>So many at once, and so many a second after that. Not safe for several threads.</summary>
internal sealed class TokenBucket
{
    private readonly double _burst;
    private readonly double _perSecond;
    private readonly TimeProvider _time;
    private double _tokens;
    private long _filled;

    public TokenBucket(double burst, double perSecond, TimeProvider time)
    {
        (_burst, _perSecond, _time) = (burst, perSecond, time);
        (_tokens, _filled) = (burst, time.GetTimestamp());
    }

    /// <summary>Whether one may go now; then it is taken.</summary>
    public bool TryTake()
    {
        var now = _time.GetTimestamp();
        _tokens = Math.Min(_burst, _tokens + (_time.GetElapsedTime(_filled, now).TotalSeconds * _perSecond));
        _filled = now;
        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }
}
