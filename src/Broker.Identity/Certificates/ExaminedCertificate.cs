using Broker.Core.Names;
using Broker.Identity.Trust;

namespace Broker.Identity.Certificates;

/// <summary>
/// A certificate that passed limits, path and profile. It says who the holder claims to be under a trusted CA; whether
/// the broker witnessed it, and the node's standing, is for <see cref="Witness.IdentityIndex"/> to say.
/// </summary>
/// <param name="Role">By the trust anchor first, then by the subject.</param>
/// <param name="Name">The node's name, or the person's.</param>
/// <param name="NodeName">Set for nodes only.</param>
/// <param name="SubjectUid">The user UID attribute of the subject (1.3.6.1.4.1.57683.2), where there is one.</param>
/// <param name="Hash">SHA-256 over the DER.</param>
/// <param name="Key">SHA-256 over the SubjectPublicKeyInfo.</param>
/// <param name="Serial">Lower-case hexadecimal, whole bytes, no leading zero byte.</param>
/// <param name="IssuerKey">SHA-256 over the issuing CA's SubjectPublicKeyInfo.</param>
/// <param name="Anchor">SHA-256 over the SubjectPublicKeyInfo of the trust anchor that the path ends in.</param>
/// <param name="NotBefore">First second of validity, UTC.</param>
/// <param name="NotAfter">From this second on it is refused, UTC.</param>
/// <param name="ValidUntil">The earliest end on the whole path: when a live connection must end.</param>
public sealed record ExaminedCertificate(
    CallerRole Role,
    string Name,
    NodeName? NodeName,
    string? SubjectUid,
    CertificateHash Hash,
    KeyHash Key,
    string Serial,
    KeyHash IssuerKey,
    KeyHash Anchor,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    DateTimeOffset ValidUntil);
