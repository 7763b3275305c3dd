using System.Security.Cryptography;
using Broker.Testing.Pki;

namespace Broker.Tests.Agent;

/// <summary>What a signer answers, good and odd, for a key of a test.</summary>
internal static class AgentCertificates
{
    public const string NodeName = "n1";

    public static DateTimeOffset Now { get; } = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A certificate as PEM; without a change it is what the agent asked for.</summary>
    public static string Sign(ECDsa key, Action<CertificateDraft>? change = null)
    {
        var leaf = TestAuthority.Root("kubernetes", Now).Leaf(draft =>
        {
            draft.Spki = key.ExportSubjectPublicKeyInfo();
            change?.Invoke(draft);
        });
        return PemEncoding.WriteString("CERTIFICATE", leaf) + "\n";
    }
}
