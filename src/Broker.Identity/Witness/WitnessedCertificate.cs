using Broker.Core.Names;
using Broker.Core.Time;
using Broker.Core.Views;

namespace Broker.Identity.Witness;

/// <summary>One record of the index; replaced whole, never changed, so that readers need no lock.</summary>
internal sealed record WitnessedCertificate(
    CertificateHash Certificate,
    NodeName Node,
    NodeUid Uid,
    KeyHash Key,
    SerialKey Serial,
    Instant NotAfter,
    CertificateSlot Slot,
    Instant? Requested,
    string? Hold);
