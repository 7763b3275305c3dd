namespace Broker.Server.Hosting;

/// <summary>
/// The key material that is in force. Asked anew at each handshake and each request; what is taken from it together
/// belongs together.
/// </summary>
internal sealed class LiveKeys(KeyMaterial first)
{
    private volatile KeyMaterial _current = first;

    public KeyMaterial Current => _current;

    /// <summary>From now on this counts.</summary>
    public void Take(KeyMaterial next) => _current = next;
}
