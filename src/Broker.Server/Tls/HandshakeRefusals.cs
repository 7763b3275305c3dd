using System.Collections.Concurrent;
using System.Numerics;
using Broker.Identity.Reasons;

namespace Broker.Server.Tls;

/// <summary>
/// Counts client certificates that the gate refused. Nobody is authenticated yet, so they are no events; the log
/// tells of the first of each reason and then each time their number has doubled, so that nobody can fill it.
/// </summary>
internal sealed partial class HandshakeRefusals(ILogger<HandshakeRefusals> logger)
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>How many were refused since the start, by reason.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>How many were refused for a reason since the start.</summary>
    public long CountOf(string code) => _counts.GetValueOrDefault(code);

    public void Count(IdentityRefusal refusal)
    {
        var count = _counts.AddOrUpdate(refusal.Code, 1, (_, known) => known + 1);
        if (BitOperations.IsPow2(count))
        {
            LogRefused(logger, refusal.Code, count, refusal.Detail);
        }
    }

    [LoggerMessage(1201, LogLevel.Warning, "A client certificate was refused: {Code} ({Count} so far): {Detail}")]
    private static partial void LogRefused(ILogger logger, string code, long count, string detail);
}
