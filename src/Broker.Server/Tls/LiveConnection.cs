using Broker.Identity.Certificates;
using Microsoft.AspNetCore.Connections;

namespace Broker.Server.Tls;

/// <summary>One open connection with the certificate that it was opened with.</summary>
internal sealed class LiveConnection(
    ConnectionContext connection, ExaminedCertificate certificate, string callerKey, TimeProvider clock) : IDisposable
{
    // The timer is monotonic, the end is a date: looked at each minute, a step of the wall clock counts soon.
    private static readonly TimeSpan TimerMax = TimeSpan.FromMinutes(1);

    private ITimer? timer;

    internal ExaminedCertificate Certificate => certificate;

    internal string CallerKey => callerKey;

    /// <summary>Ends the connection with all its streams.</summary>
    internal void Abort(string reason) => connection.Abort(new ConnectionAbortedException(reason));

    /// <summary>Ends the connection when the first certificate of the path ends.</summary>
    internal void AbortAtEnd() => timer = clock.CreateTimer(_ => Tick(), null, UntilEnd(), Timeout.InfiniteTimeSpan);

    public void Dispose() => timer?.Dispose();

    private void Tick()
    {
        if (clock.GetUtcNow() >= certificate.ValidUntil)
        {
            Abort("The client certificate has expired.");
            return;
        }

        _ = timer?.Change(UntilEnd(), Timeout.InfiniteTimeSpan);
    }

    private TimeSpan UntilEnd()
    {
        var left = certificate.ValidUntil - clock.GetUtcNow();
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left < TimerMax ? left : TimerMax;
    }
}
