using Broker.Server.Options;

namespace Broker.Server.Hosting;

/// <summary>Structured logs on standard error, so that standard output stays the program's own.</summary>
internal static class BrokerLogging
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static void Add(ILoggingBuilder logging, LogOptions options)
    {
        _ = logging
            .SetMinimumLevel(Enum.Parse<LogLevel>(options.Level, ignoreCase: true))
            .AddFilter("Microsoft", LogLevel.Warning)
            // A failed start is told in one sentence; the host would log it with a stack trace before that.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        _ = options.Format == "json"
            ? logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, TimeFormat))
            : logging.AddSimpleConsole(text => text.SingleLine = true);
    }
}
