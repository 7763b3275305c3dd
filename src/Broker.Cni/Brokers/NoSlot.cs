namespace Broker.Cni.Brokers;

/// <summary>Stands for a slot where none can be had.</summary>
internal sealed class NoSlot : IDisposable
{
    public static NoSlot Instance { get; } = new();

    public void Dispose()
    {
    }
}
