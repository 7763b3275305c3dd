using System.Net;
using System.Text;

namespace Broker.SystemTests.Kills;

/// <summary>A JSON body of which half is sent at once, and half when it is told to go on.</summary>
internal sealed class SlowContent : HttpContent
{
    private readonly byte[] body;
    private readonly TaskCompletionSource halfSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SlowContent(string json)
    {
        body = Encoding.UTF8.GetBytes(json);
        Headers.ContentType = new("application/json");
    }

    /// <summary>Completes when the first half is on its way.</summary>
    public Task HalfSent => halfSent.Task;

    public void GoOn() => goOn.SetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(body.AsMemory(0, body.Length / 2));
        await stream.FlushAsync();
        halfSent.SetResult();
        await goOn.Task;
        await stream.WriteAsync(body.AsMemory(body.Length / 2));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
