using System.Net;
using Broker.Testing.Processes;
using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Broker.Testing.Dapr;

/// <summary>
/// Plays daprd's gRPC port in this process, over a real store. README.md here says what it does not imitate.
/// </summary>
public sealed class SidecarDouble : IAsyncDisposable
{
    private readonly IStateComponent _component;
    private readonly SidecarDoubleOptions _options;
    private readonly int _port;
    private WebApplication? _app;

    private SidecarDouble(IStateComponent component, SidecarDoubleOptions options, int port) =>
        (_component, _options, _port) = (component, options, port);

    /// <summary>Its gRPC port.</summary>
    public Uri Endpoint => new($"http://127.0.0.1:{_port}");

    /// <summary>Its switches.</summary>
    public SidecarFaults Faults { get; } = new();

    /// <summary>Starts one. The component stays the caller's.</summary>
    public static async Task<SidecarDouble> StartAsync(IStateComponent component, SidecarDoubleOptions options)
    {
        var sidecar = new SidecarDouble(component, options, FreePort.Take());
        await sidecar.StartAsync();
        return sidecar;
    }

    /// <summary>Cuts every connection; nothing listens until <see cref="StartAsync()"/>.</summary>
    public async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync(new CancellationToken(canceled: true)); // At once: a cut is not a farewell.
            await app.DisposeAsync();
        }
    }

    /// <summary>Listens again, on the same port.</summary>
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, _port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = _options.MessageBytesMax;
            grpc.MaxSendMessageSize = _options.MessageBytesMax;
        });
        builder.Services.AddSingleton(new SidecarService(_component, _options, Faults));
        builder.Services.AddSingleton<IServiceMethodProvider<SidecarService>, SidecarMethods>();
        _app = builder.Build();
        _app.MapGrpcService<SidecarService>();
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
