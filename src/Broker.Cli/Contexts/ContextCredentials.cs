using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Cli.Hosting;
using Broker.Client;

namespace Broker.Cli.Contexts;

/// <summary>Loads what a context names, saying which file is at fault.</summary>
internal static class ContextCredentials
{
    /// <exception cref="CliFailureException">A file is missing, unreadable, or not what it should be.</exception>
    public static BrokerEndpoint Load(BrokerContext context)
    {
        var anchors = new X509Certificate2Collection();
        Guard(context, "ca", context.Ca, () => anchors.ImportFromPem(File.ReadAllText(context.Ca)));
        if (anchors.Count == 0)
        {
            throw Fault(context, "ca", context.Ca, "it holds no certificate");
        }

        return new BrokerEndpoint(context.People, anchors, LoadCertificate(context));
    }

    /// <summary>The caller's certificate with its key.</summary>
    /// <exception cref="CliFailureException">A file is missing, unreadable, or not what it should be.</exception>
    public static X509Certificate2 LoadCertificate(BrokerContext context)
    {
        var (certificate, key) = (string.Empty, string.Empty);
        Guard(context, "certificate", context.Certificate, () =>
        {
            certificate = File.ReadAllText(context.Certificate);
            X509Certificate2.CreateFromPem(certificate).Dispose();
        });
        Guard(context, "key", context.Key, () => key = File.ReadAllText(context.Key));
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw Fault(context, "key", context.Key, "it is not the private key of the certificate", error);
        }
    }

    private static void Guard(BrokerContext context, string what, string file, Action read)
    {
        try
        {
            read();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Fault(context, what, file, "there is no such file", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw Fault(context, what, file, "this user may not read it", error);
        }
        catch (Exception error) when (error is IOException or CryptographicException or ArgumentException)
        {
            throw Fault(context, what, file, error.Message.TrimEnd('.'), error);
        }
    }

    private static CliFailureException Fault(
        BrokerContext context, string what, string file, string why, Exception? error = null) => new(
        CliCodes.ContextFile,
        $"The {what} {file} cannot be used: {why}. The context {context.File} names it.",
        "Correct the context, or run brokerctl as the user who owns the file. A certificate of your own: "
        + "broker person --data FOLDER --name NAME",
        error);
}
