using System.Net;
using Broker.Server.Api;
using Broker.Server.Options;
using Broker.Server.Tls;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Broker.Server.Hosting;

/// <summary>The listeners, each with its TLS, its protocol and its mark.</summary>
internal static class BrokerListeners
{
    public static void Add(WebApplicationBuilder builder, BrokerSettings settings, TimeProvider time, LiveKeys keys)
    {
        var nodes = ConnectionLimits.Nodes with { PerCallerMax = settings.Limits.NodeConnectionsMax };
        var people = ConnectionLimits.People with { ListenerMax = settings.Limits.PeopleConnectionsMax };
        var enrolMax = settings.Limits.EnrolConnectionsMax;
        _ = builder.WebHost
            .UseKestrelCore()
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel =>
            {
                var refusals = kestrel.ApplicationServices.GetRequiredService<HandshakeRefusals>();
                var gate = new TlsGateSettings { Clock = time, Refused = refusals.Count };
                SetLimits(kestrel, settings.Limits);
                Listen(
                    kestrel,
                    settings.Node,
                    new(ListenerKind.Node, keys, gate, () => keys.Current.Nodes, nodes, 0));
                Listen(
                    kestrel,
                    settings.People,
                    new(ListenerKind.People, keys, gate, () => keys.Current.People, people, 0));
                Listen(kestrel, settings.Enrol, new(ListenerKind.Enrol, keys, gate, null, null, enrolMax));
                ListenPlain(kestrel, settings.Health);
            });
    }

    private static void SetLimits(KestrelServerOptions kestrel, LimitsOptions limits)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = limits.RequestBytesMax;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.Http2.MaxStreamsPerConnection = 256;
    }

    private static void Listen(KestrelServerOptions kestrel, IPEndPoint? endPoint, TlsListener plan)
    {
        if (endPoint is null)
        {
            return;
        }

        kestrel.Listen(endPoint, listen =>
        {
            // HTTP/2 only: request smuggling needs HTTP/1.1's two ways of saying how long a body is.
            listen.Protocols = HttpProtocols.Http2;
            if (plan.Anchors is null)
            {
                var open = new OpenConnections(plan.AnonymousMax);
                _ = listen.Use(next => connection => open.RunAsync(connection, next));
            }

            _ = listen.UseHttps(https => TlsGate.Configure(
                https, () => plan.Keys.Current.Server, plan.Anchors, plan.Gate));
            Mark(listen, plan.Kind);
            if (plan.Limits is { } limits)
            {
                listen.ApplicationServices.GetRequiredService<ConnectionRegistry>().Attach(listen, limits);
            }
        });
    }

    private static void ListenPlain(KestrelServerOptions kestrel, IPEndPoint? endPoint)
    {
        if (endPoint is not null)
        {
            kestrel.Listen(endPoint, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                Mark(listen, ListenerKind.Health);
            });
        }
    }

    private static void Mark(Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions listen, ListenerKind kind)
    {
        var feature = new ListenerFeature(kind);
        _ = listen.Use(next => connection =>
        {
            connection.Features.Set(feature);
            return next(connection);
        });
    }
}
