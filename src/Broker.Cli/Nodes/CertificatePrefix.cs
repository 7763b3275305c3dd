using Broker.Cli.Hosting;

namespace Broker.Cli.Nodes;

/// <summary>
/// A certificate as people name it: all 64 digits, or the first of one that is on record for the node, as the tables
/// show them.
/// </summary>
internal static class CertificatePrefix
{
    public const int DigitsMin = 6;
    private const int Digits = 64;

    /// <exception cref="CliFailureException">It is none of the node's, or of several.</exception>
    public static async Task<string> ResolveAsync(Run run, string node, string text)
    {
        if (text.Length == Digits)
        {
            return text;
        }

        var known = (await run.Api.ReadCustodyAsync(node, run.Cancellation)).OrThrow().Certificates
            .Where(certificate => certificate.Certificate.StartsWith(text, StringComparison.Ordinal))
            .Select(certificate => certificate.Certificate)
            .ToList();
        return text.Length >= DigitsMin && known is [var one]
            ? one
            : throw new CliFailureException(
                CliCodes.CertificateUnclear,
                $"'{text}' begins {(text.Length < DigitsMin ? "too many" : $"{known.Count}")} certificates of {node}.",
                $"Give at least {DigitsMin} digits of one on record, or all {Digits}: brokerctl nodes show {node}");
    }
}
