namespace Broker.Server.Telemetry;

/// <summary>The metrics in the text form of Prometheus, on the health listener.</summary>
internal sealed class MetricsEndpoint
{
    private readonly RequestDelegate _exporter;

    /// <summary>Takes the exporter's own step of a pipeline, which alone gives the text.</summary>
    public MetricsEndpoint(IServiceProvider services) =>
        _exporter = new ApplicationBuilder(services).UseOpenTelemetryPrometheusScrapingEndpoint(_ => true).Build();

    public Task ReadAsync(HttpContext context) => _exporter(context);
}
