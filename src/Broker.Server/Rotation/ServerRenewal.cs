using System.Security.Cryptography.X509Certificates;
using Broker.Identity.Authorities;
using Broker.Server.Hosting;
using Broker.Server.Options;

namespace Broker.Server.Rotation;

/// <summary>
/// Renews the server certificate while the key of the broker CA is on this machine: same names, a new key, the same
/// lifetime, at 70 to 90 % of it, so that brokers that were made together do not renew together.
/// </summary>
internal sealed class ServerRenewal(PkiPaths paths, TimeProvider time, double atShare)
{
    /// <summary>The share of the lifetime after which to renew, drawn anew for each process.</summary>
    public static double DrawShare() => 0.7 + (0.2 * Random.Shared.NextDouble());

    /// <summary>Writes a new pair when the old one is due; false when it is not.</summary>
    /// <exception cref="StartFailureException">It is due and cannot be renewed; the message says why.</exception>
    public bool RenewIfDue(X509Certificate2 served)
    {
        var now = time.GetUtcNow();
        if (paths.BrokerCaKey is not { } key || !File.Exists(key) || now < DueAt(served))
        {
            return false;
        }

        var load = CertificateAuthority.Load(paths.BrokerCa, key, now);
        using var authority = load.Authority ?? throw new StartFailureException(
            "key_material", $"The server certificate is due, but {key} cannot be used: {load.Refusal!.Detail}");
        var end = Utc(served.NotAfter);
        if (!served.IssuerName.RawData.AsSpan().SequenceEqual(authority.Certificate.SubjectName.RawData)
            || authority.NotAfter - end < TimeSpan.FromHours(1))
        {
            // Somebody else's certificate, or one that ends with its CA: a new one would not live longer.
            return false;
        }

        var names = served.Extensions.OfType<X509SubjectAlternativeNameExtension>().ToList();
        using var certificate = ServerCertificateIssuer.Issue(
            authority,
            [.. names.SelectMany(name => name.EnumerateDnsNames())],
            [.. names.SelectMany(name => name.EnumerateIPAddresses())],
            now,
            end - Utc(served.NotBefore));
        try
        {
            ServerPair.Replace(paths, certificate);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartFailureException(
                "key_material", $"The server certificate is due and cannot be replaced: {error.Message}", error);
        }

        return true;
    }

    private DateTimeOffset DueAt(X509Certificate2 served) =>
        Utc(served.NotBefore) + ((Utc(served.NotAfter) - Utc(served.NotBefore)) * atShare);

    private static DateTimeOffset Utc(DateTime time) => new(time.ToUniversalTime());
}
