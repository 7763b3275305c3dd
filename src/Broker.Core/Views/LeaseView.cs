using Broker.Core.Addresses;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Core.Views;

/// <summary>
/// A live lease, with what a container's interface needs: <c>PrefixLength</c> and <c>Gateway</c> follow from
/// the pool's network.
/// </summary>
public sealed record LeaseView(
    IpAddress Address,
    int PrefixLength,
    IpAddress? Gateway,
    PoolName Pool,
    Cidr Block,
    Generation Generation,
    NodeName Node,
    Attachment Attachment,
    PodIdentity Pod,
    CertificateHash Certificate,
    RequestId? Request,
    Instant GrantedAt,
    long Position,
    PodAssurance PodAssurance = PodAssurance.None);
