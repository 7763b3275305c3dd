namespace Broker.Agent.Renewal;

/// <summary>How long to wait after each failure: 2 s, doubled each time, at most 2 minutes.</summary>
internal readonly record struct BackOff(TimeSpan Delay)
{
    private static readonly TimeSpan longest = TimeSpan.FromMinutes(2);

    public static BackOff Start() => new(TimeSpan.FromSeconds(2));

    public BackOff Next() => new(Delay * 2 < longest ? Delay * 2 : longest);
}
