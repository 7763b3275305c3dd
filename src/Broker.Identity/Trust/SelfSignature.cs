using Org.BouncyCastle.Security;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace Broker.Identity.Trust;

/// <summary>
/// Whether a certificate is signed with its own key. The chain engine never asks this of an anchor; equal names alone
/// prove nothing.
/// </summary>
internal static class SelfSignature
{
    internal static bool Verifies(ReadOnlySpan<byte> der)
    {
        try
        {
            var certificate = new BouncyCertificate(der.ToArray());
            certificate.Verify(certificate.GetPublicKey());
            return true;
        }
        catch (GeneralSecurityException)
        {
            return false;
        }
    }
}
