using Broker.Server.Options;

namespace Broker.Server.Hosting;

/// <summary>Structured logs on standard error, so that standard output stays the program's own.</summary>
internal static class BrokerLogging
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static void Add(ILoggingBuilder logging, LogOptions options, StartMark start)
    {
        var least = Enum.Parse<LogLevel>(options.Level, ignoreCase: true);
        var leastOfOthers = least > LogLevel.Warning ? least : LogLevel.Warning;
        _ = logging
            .SetMinimumLevel(least)
            .AddFilter("Microsoft", level => level >= leastOfOthers && start.Started)
            // The base class of authentication tells of each refused request: a node in a loop would fill the log.
            .AddFilter("Broker.Server.Authentication", leastOfOthers)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        _ = options.Format == "json"
            ? logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, TimeFormat))
            : logging.AddSimpleConsole(text => text.SingleLine = true);
    }
}
