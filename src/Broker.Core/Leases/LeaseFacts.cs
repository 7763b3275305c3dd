using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Core.Leases;

/// <summary>What is known of a lease besides its address and block.</summary>
internal readonly record struct LeaseFacts(
    NodeName Node,
    Attachment Attachment,
    PodIdentity Pod,
    CertificateHash Certificate,
    RequestId? Request,
    Instant GrantedAt,
    long Position,
    PodAssurance PodAssurance);
