using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.Refusals;

namespace Broker.Core.Certificates;

/// <summary>The shape of a certificate that somebody saw.</summary>
internal static class ObservedShape
{
    public static Refusal? Check(ObservedCertificate certificate)
    {
        if (certificate.Certificate.Value is null || certificate.Key.Value is null || certificate.Issuer.Value is null)
        {
            return Invalid("certificate, key, issuer: all are needed.");
        }

        if (!IsSerial(certificate.Serial))
        {
            return Invalid("serial: 1 to 40 lower-case hexadecimal digits.");
        }

        return certificate.NotBefore > certificate.NotAfter ? Invalid("notAfter: before notBefore.") : null;
    }

    public static bool IsSerial(string text) =>
        text.Length is > 0 and <= 40 && NameRules.IsLowerHex(text, text.Length);

    private static Refusal Invalid(string detail) => new(RefusalCode.InvalidField, detail);
}
