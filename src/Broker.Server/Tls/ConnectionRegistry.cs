using System.Collections.Concurrent;
using Broker.Core.Names;
using Broker.Identity.Certificates;
using Broker.Identity.Witness;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Broker.Server.Tls;

/// <summary>
/// Knows every open connection by its client certificate, so that fence, retirement and expiry reach streams that are
/// open already: aborting the connection ends all of them. Requests check again by themselves, which closes the race
/// between a handshake and a fence.
/// </summary>
public sealed class ConnectionRegistry(TimeProvider clock, IdentityIndex index)
{
    private readonly ConcurrentDictionary<LiveConnection, byte> live = new();
    private readonly Lock counting = new();
    private readonly Dictionary<string, int> callers = new(StringComparer.Ordinal);
    private long refused;

    /// <summary>Connections open now.</summary>
    public int Count => live.Count;

    /// <summary>Connections refused for a limit since the start.</summary>
    public long Refused => Interlocked.Read(ref refused);

    /// <summary>Puts the registry behind TLS on a listener; call it after <c>UseHttps</c>.</summary>
    public void Attach(ListenOptions listener, ConnectionLimits limits)
    {
        var open = new ListenerCount();
        listener.Use(next => connection => RunAsync(connection, next, limits, open));
    }

    /// <summary>Ends each connection whose certificate matches; answers how many.</summary>
    /// <param name="match">Called for every open connection.</param>
    /// <param name="reason">For the log, in a sentence.</param>
    public int Abort(Func<ExaminedCertificate, bool> match, string reason)
    {
        var aborted = 0;
        foreach (var connection in live.Keys)
        {
            if (match(connection.Certificate))
            {
                connection.Abort(reason);
                aborted++;
            }
        }

        return aborted;
    }

    /// <summary>Ends the connections of a node, whichever certificate they use.</summary>
    public int AbortNode(NodeName node) =>
        Abort(c => c.NodeName == node, $"Node '{node}' is refused from now on.");

    /// <summary>Ends the connections of a certificate, and of any other form of it: same CA and serial
    /// number.</summary>
    public int AbortCertificate(CertificateHash hash)
    {
        var known = live.Keys.FirstOrDefault(item => item.Certificate.Hash == hash)?.Certificate;
        return Abort(
            c => c.Hash == hash || (known is not null && c.IssuerKey == known.IssuerKey && c.Serial == known.Serial),
            $"The certificate {hash} is refused from now on.");
    }

    /// <summary>Ends the connections that were opened with a certificate of this key.</summary>
    public int AbortKey(KeyHash key) => Abort(c => c.Key == key, $"The key {key} is refused from now on.");

    /// <summary>Ends the connections that were opened with this serial number of this CA.</summary>
    public int AbortSerial(KeyHash issuer, string serial) => Abort(
        c => c.IssuerKey == issuer && c.Serial == serial, $"Serial number {serial} is refused from now on.");

    private async Task RunAsync(
        ConnectionContext connection, ConnectionDelegate next, ConnectionLimits limits, ListenerCount open)
    {
        if (connection.Features.Get<ExaminedConnection>()?.Certificate is not { } certificate)
        {
            // A listener without client certificates: there is nobody to find again.
            await next(connection);
            return;
        }

        var key = CallerKey(certificate);
        if (!TryEnter(key, limits, open))
        {
            _ = Interlocked.Increment(ref refused);
            connection.Abort(new ConnectionAbortedException("Too many connections."));
            return;
        }

        using var entry = new LiveConnection(connection, certificate, key, clock);
        try
        {
            live[entry] = 0;
            entry.AbortAtEnd();
            await next(connection);
        }
        finally
        {
            _ = live.TryRemove(entry, out _);
            Leave(key, open);
        }
    }

    /// <summary>
    /// A node counts by its name, but only with a certificate that is on record: whoever else holds one of that name
    /// must not be able to use up the node's connections.
    /// </summary>
    private string CallerKey(ExaminedCertificate certificate) =>
        certificate.NodeName is null || index.Resolve(certificate, clock.GetUtcNow()).IsAccepted
            ? $"{certificate.Role}/{certificate.Name}"
            : $"certificate/{certificate.Hash}";

    private bool TryEnter(string key, ConnectionLimits limits, ListenerCount open)
    {
        lock (counting)
        {
            var count = callers.GetValueOrDefault(key);
            if (count >= limits.PerCallerMax || open.Value >= limits.ListenerMax)
            {
                return false;
            }

            callers[key] = count + 1;
            open.Value++;
            return true;
        }
    }

    private void Leave(string key, ListenerCount open)
    {
        lock (counting)
        {
            open.Value--;
            if (--callers[key] == 0)
            {
                _ = callers.Remove(key);
            }
        }
    }

    private sealed class ListenerCount
    {
        internal int Value { get; set; }
    }
}
