using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Broker.Testing.Servers;

/// <summary>Keeps what a program logs, so that a test can say that nothing went wrong unseen.</summary>
public sealed class TestLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    /// <summary>All lines, with level, category, message and exception.</summary>
    public IReadOnlyList<string> Lines => [.. _lines.Select(line => line.Text)];

    /// <summary>Those at error or above.</summary>
    public IReadOnlyList<string> Errors =>
        [.. _lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Text)];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // The lines outlive the logger factory of the broker that wrote them.
    }

    private sealed class Logger(TestLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => log._lines.Enqueue(
                (logLevel, $"{logLevel} {category}: {formatter(state, exception)} {exception}"));
    }
}
