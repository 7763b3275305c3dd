using System.Diagnostics.Metrics;
using Broker.Server.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Broker.Server.Telemetry;

/// <summary>Metrics for whoever reads them; traces only where somebody is named to send them to.</summary>
internal static class TelemetryServices
{
    // Of the runtime and of ASP.NET Core: requests by route, connections, handshakes, process and memory.
    private static readonly string[] PlatformMeters =
        ["System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    public static void Add(IServiceCollection services, TelemetryOptions options, BrokerMetrics metrics)
    {
        var telemetry = services
            .AddMetrics()
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("broker"))
            .WithMetrics(builder => builder
                .AddMeter([BrokerMetrics.MeterName, .. PlatformMeters])
                .AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0));
        _ = services.ConfigureOpenTelemetryMeterProvider((provider, builder) =>
        {
            var factory = provider.GetRequiredService<IMeterFactory>();
            _ = builder.AddView(
                instrument => IsOwn(instrument.Meter, metrics, factory) ? null : MetricStreamConfiguration.Drop);
        });
        if (options.OtlpEndpoint.Length > 0)
        {
            _ = telemetry.WithTracing(builder => builder
                .AddSource(LedgerTraces.SourceName, "Microsoft.AspNetCore")
                .AddOtlpExporter(exporter =>
                {
                    exporter.Endpoint = new Uri(options.OtlpEndpoint);
                    exporter.Protocol = options.OtlpProtocol == "http"
                        ? OtlpExportProtocol.HttpProtobuf
                        : OtlpExportProtocol.Grpc;
                }));
        }
    }

    // Meters are found by name in the whole process; another broker of it has others of the same names.
    private static bool IsOwn(Meter meter, BrokerMetrics metrics, IMeterFactory factory) =>
        meter.Name == BrokerMetrics.MeterName
            ? ReferenceEquals(meter, metrics.Meter)
            : meter.Scope is null || ReferenceEquals(meter.Scope, factory);
}
