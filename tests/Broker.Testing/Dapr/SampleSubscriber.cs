using System.Globalization;
using System.Text.Json;

namespace Broker.Testing.Dapr;

/// <summary>
/// A subscriber as one should be written: it drops what it has seen, and where something is missing it reads on from
/// the broker (<c>GET /v1/events?after=</c>) instead of waiting for it. What comes out has every event once, in order.
/// </summary>
/// <param name="catchUp">Reads the events from one position up to, but without, another one.</param>
public sealed class SampleSubscriber(Func<long, long, Task<IReadOnlyList<string>>> catchUp)
{
    private readonly List<string> _events = [];

    /// <summary>Every event so far, each as its leaf; the position is the index.</summary>
    public IReadOnlyList<string> Events => _events;

    /// <summary>Deliveries that were repeats.</summary>
    public int Repeats { get; private set; }

    /// <summary>Times that something was missing.</summary>
    public int Gaps { get; private set; }

    /// <summary>Takes a delivery: a CloudEvent in structured JSON.</summary>
    public async Task TakeAsync(byte[] envelope)
    {
        using var json = JsonDocument.Parse(envelope);
        var position = long.Parse(
            json.RootElement.GetProperty("sequence").GetString()!, CultureInfo.InvariantCulture);
        if (position < _events.Count)
        {
            Repeats++;
            return;
        }

        if (position > _events.Count)
        {
            Gaps++;
            _events.AddRange(await catchUp(_events.Count, position));
        }

        _events.Add(System.Text.Encoding.UTF8.GetString(
            json.RootElement.GetProperty("data_base64").GetBytesFromBase64()));
    }
}
