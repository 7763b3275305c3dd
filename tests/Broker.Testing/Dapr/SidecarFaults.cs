namespace Broker.Testing.Dapr;

/// <summary>The switches of a <see cref="SidecarDouble"/>: one fault at a time, for a share of the calls.</summary>
public sealed class SidecarFaults
{
    private readonly Lock _gate = new();
    private Random _random = new(1);
    private SidecarFault _fault;
    private double _share;

    /// <summary>How often a fault struck.</summary>
    public int Struck { get; private set; }

    /// <summary>How much later a late or repeated write is applied.</summary>
    public TimeSpan Late { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>From now on.</summary>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="share">In how many of the calls that it concerns: 0 to 1.</param>
    /// <param name="seed">Of the choice.</param>
    public void Set(SidecarFault fault, double share = 1, int seed = 1)
    {
        lock (_gate)
        {
            (_fault, _share, _random) = (fault, share, new Random(seed));
        }
    }

    /// <summary>Whether this fault strikes this call.</summary>
    internal bool Strikes(SidecarFault fault)
    {
        lock (_gate)
        {
            var strikes = _fault == fault && _random.NextDouble() < _share;
            Struck += strikes ? 1 : 0;
            return strikes;
        }
    }
}
