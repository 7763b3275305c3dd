using System.Security.Cryptography;
using Broker.Server.Hosting;
using Broker.Server.Options;
using Broker.Server.Telemetry;
using Broker.Server.Tls;

namespace Broker.Server.Rotation;

/// <summary>
/// Follows the key files: what is new and whole counts for new handshakes and for each request from then on, and the
/// connections of a CA that is gone are ended. What cannot be used, or contradicts itself, is told of once and changes
/// nothing; it is tried again at each look, because a half-written pair becomes whole.
/// </summary>
internal sealed partial class KeyRotation(
    LiveKeys keys,
    ConnectionRegistry connections,
    BrokerMetrics metrics,
    BrokerSettings settings,
    TimeProvider time,
    ILogger<KeyRotation> logger) : BackgroundService
{
    private readonly Lock _gate = new();
    private readonly ServerRenewal _renewal = new(settings.Pki, time, ServerRenewal.DrawShare());
    private string? _taken;
    private string? _refused;

    /// <summary>Looks at the files now. Never throws.</summary>
    public void Look()
    {
        lock (_gate)
        {
            try
            {
                _ = _renewal.RenewIfDue(keys.Current.Server.TargetCertificate);
                LookAtFiles();
            }
            catch (StartFailureException failure)
            {
                Refuse(failure.Message);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Refuse(error.Message);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(settings.Pki.RereadSeconds), time);
        try
        {
            do
            {
                Look();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The broker stops.
            return;
        }
    }

    private void LookAtFiles()
    {
        var digest = Digest();
        if (digest == _taken)
        {
            return;
        }

        var next = KeyMaterial.Load(settings.Pki, time);
        if (Digest() != digest)
        {
            // Changed while it was read: parts of two sets might be taken for one. The next look finds one of them.
            return;
        }

        _taken = digest;
        _refused = null;
        if (next.IsSameAs(keys.Current))
        {
            return;
        }

        // First what new handshakes and requests see, then the connections that are open already.
        keys.Take(next);
        var ended = connections.Abort(
            certificate => !(certificate.NodeName is null ? next.People : next.Nodes).Holds(certificate.Anchor),
            "The CA of its certificate is trusted no more.");
        metrics.Rotated("taken");
        LogTaken(
            logger,
            next.Server.TargetCertificate.NotAfter.ToUniversalTime(),
            next.Nodes.Roots.Count,
            next.People.Roots.Count,
            ended);
    }

    private void Refuse(string reason)
    {
        if (_refused == reason)
        {
            return;
        }

        _refused = reason;
        metrics.Rotated("refused");
        LogRefused(logger, reason);
    }

    private string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var paths = settings.Pki;
        foreach (var file in new[]
        {
            paths.ServerCertificate, paths.ServerKey, paths.BrokerCa, paths.NodeCa, paths.NodeCaKey, paths.OperatorCa,
        }.Where(file => file.Length > 0))
        {
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    [LoggerMessage(
        1301,
        LogLevel.Information,
        "Serving with new key material: server certificate until {NotAfter:u}, {NodeCas} node CAs, "
        + "{OperatorCas} operator CAs; {Ended} connections of removed CAs ended")]
    private static partial void LogTaken(
        ILogger logger, DateTime notAfter, int nodeCas, int operatorCas, int ended);

    [LoggerMessage(1302, LogLevel.Warning, "The key files cannot be taken up, the last good ones stay: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
}
