using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Core.Commands;

/// <summary>A chain-valid node certificate. Serial and issuer key are lower-case hexadecimal.</summary>
public sealed record ObservedCertificate(
    CertificateHash Certificate,
    KeyHash Key,
    string Serial,
    KeyHash Issuer,
    Instant NotBefore,
    Instant NotAfter);
