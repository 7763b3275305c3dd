using Broker.Core.Addresses;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Time;

namespace Broker.Core.Views;

/// <summary>A live block. <c>FreeAtLeast</c> counts addresses that may be leased now, up to the window.</summary>
public sealed record BlockView(
    Cidr Block,
    PoolName Pool,
    PoolNetwork Network,
    NodeName Node,
    NodeUid Uid,
    CertificateHash Certificate,
    Generation Generation,
    Lessor Lessor,
    Instant GrantedAt,
    long LeasesLive,
    long AddressesCooling,
    long FreeAtLeast);
