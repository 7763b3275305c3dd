using Broker.Server.Options;

namespace Broker.Server.Hosting;

/// <summary>Structured logs on standard error, so that standard output stays the program's own.</summary>
internal static class BrokerLogging
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static void Add(ILoggingBuilder logging, LogOptions options, StartMark start)
    {
        _ = logging
            .SetMinimumLevel(Enum.Parse<LogLevel>(options.Level, ignoreCase: true))
            .AddFilter("Microsoft", level => level >= LogLevel.Warning && start.Started)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        _ = options.Format == "json"
            ? logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, TimeFormat))
            : logging.AddSimpleConsole(text => text.SingleLine = true);
    }
}
