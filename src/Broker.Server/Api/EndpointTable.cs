using Broker.Contracts.Routing;
using Broker.Server.Api.Addresses;
using Broker.Server.Api.Blocks;
using Broker.Server.Api.Csrs;
using Broker.Server.Api.Events;
using Broker.Server.Api.Leases;
using Broker.Server.Api.Nodes;
using Broker.Server.Api.OpenApi;
using Broker.Server.Api.Pools;
using Broker.Server.Api.Reservations;
using Broker.Server.Api.Routes;
using Broker.Server.Api.Tokens;
using Broker.Server.Health;
using Broker.Server.Telemetry;

namespace Broker.Server.Api;

/// <summary>
/// Every endpoint, with the callers that it lets in. What does not stand here does not exist, and who is not named is
/// refused; a test walks all rows with every kind of caller.
/// </summary>
internal sealed class EndpointTable(
    WhoAmIEndpoint whoAmI,
    BlockEndpoints blocks,
    BlockReclaimEndpoint reclaims,
    LeaseEndpoints leases,
    EnrolEndpoint enrol,
    PoolEndpoints pools,
    ReservationEndpoints reservations,
    TokenEndpoints tokens,
    CsrEndpoints csrs,
    NodeEndpoints nodes,
    CustodyEndpoint custody,
    NodeEvidenceEndpoints evidence,
    ReadmissionsEndpoint readmissions,
    EventsEndpoint events,
    AddressEndpoint addresses,
    RoutesEndpoint routes,
    OpenApiEndpoint openApi,
    HealthEndpoints health,
    MetricsEndpoint metrics)
{
    private const CallerKinds Readers = CallerKinds.Operator | CallerKinds.Auditor;
    private const ListenerKind Node = ListenerKind.Node;
    private const ListenerKind People = ListenerKind.People;

    public IReadOnlyList<EndpointRow> Rows { get; } =
    [
        new(Node, "GET", ApiRoutes.WhoAmI, CallerKinds.Node, whoAmI.ReadAsync, NodeDocs.WhoAmI),
        new(Node, "GET", ApiRoutes.Blocks, CallerKinds.Node, blocks.ListOwnAsync, BlockDocs.ListOwn),
        new(Node, "POST", ApiRoutes.Blocks, CallerKinds.Node, blocks.GrantAsync, BlockDocs.Grant),
        new(Node, "DELETE", ApiRoutes.Blocks, CallerKinds.Node,
            blocks.ReleaseAsync, BlockDocs.Release)
        {
            KeptShare = true,
        },
        new(Node, "GET", ApiRoutes.Leases, CallerKinds.Node, leases.ListOwnAsync, LeaseDocs.ListOwn),
        new(Node, "POST", ApiRoutes.Leases, CallerKinds.Node, leases.GrantAsync, LeaseDocs.Grant),
        new(Node, "DELETE", ApiRoutes.Leases, CallerKinds.Node,
            leases.ReleaseAsync, LeaseDocs.Release)
        {
            KeptShare = true,
        },
        new(Node, "GET", ApiRoutes.OpenApi, CallerKinds.Node, openApi.ReadNodeAsync, OtherDocs.OwnDescription),
        new(Node, "POST", ApiRoutes.NodeCsrs, CallerKinds.Node, enrol.RenewAsync, CsrDocs.Renew) { KeptShare = true },

        new(ListenerKind.Enrol, "POST", ApiRoutes.Enrol, CallerKinds.TokenHolder, enrol.EnrolAsync, CsrDocs.Enrol),

        new(People, "GET", ApiRoutes.WhoAmI, Readers, whoAmI.ReadAsync, NodeDocs.WhoAmI),
        new(People, "GET", ApiRoutes.Pools, Readers, pools.ListAsync, PoolDocs.List),
        new(People, "GET", ApiRoutes.Pool, Readers, pools.ReadAsync, PoolDocs.Read),
        new(People, "PUT", ApiRoutes.Pool, CallerKinds.Operator, pools.DefineAsync, PoolDocs.Define),
        new(People, "POST", ApiRoutes.PoolOpen, CallerKinds.Operator, pools.OpenAsync, PoolDocs.Open),
        new(People, "POST", ApiRoutes.PoolDrain, CallerKinds.Operator, pools.DrainAsync, PoolDocs.Drain),
        new(People, "POST", ApiRoutes.PoolRetire, CallerKinds.Operator, pools.RetireAsync, PoolDocs.Retire),
        new(People, "GET", ApiRoutes.Reservations, Readers, reservations.ListAsync, ReservationDocs.List),
        new(People, "POST", ApiRoutes.Reservations, CallerKinds.Operator, reservations.MakeAsync, ReservationDocs.Make),
        new(People, "DELETE", ApiRoutes.Reservations, CallerKinds.Operator,
            reservations.DropAsync, ReservationDocs.Drop),
        new(People, "GET", ApiRoutes.Blocks, Readers, blocks.ListAllAsync, BlockDocs.ListAll),
        new(People, "GET", ApiRoutes.BlocksWaiting, Readers, blocks.ListWaitingAsync, BlockDocs.ListWaiting),
        new(People, "POST", ApiRoutes.BlockReclaim, CallerKinds.Operator, reclaims.ReclaimAsync, BlockDocs.Reclaim),
        new(People, "GET", ApiRoutes.Leases, Readers, leases.ListAllAsync, LeaseDocs.ListAll),
        new(People, "GET", ApiRoutes.Tokens, CallerKinds.Operator, tokens.ListAsync, TokenDocs.List),
        new(People, "POST", ApiRoutes.Tokens, CallerKinds.Operator, tokens.IssueAsync, TokenDocs.Issue),
        new(People, "DELETE", ApiRoutes.Token, CallerKinds.Operator, tokens.RevokeAsync, TokenDocs.Revoke),
        new(People, "GET", ApiRoutes.Csrs, Readers, csrs.ListAsync, CsrDocs.List),
        new(People, "POST", ApiRoutes.CsrApprove, CallerKinds.Operator, csrs.ApproveAsync, CsrDocs.Approve),
        new(People, "POST", ApiRoutes.CsrDeny, CallerKinds.Operator, csrs.DenyAsync, CsrDocs.Deny),
        new(People, "GET", ApiRoutes.Nodes, Readers, nodes.ListAsync, NodeDocs.List),
        new(People, "GET", ApiRoutes.Node, Readers, nodes.ReadAsync, NodeDocs.Read),
        new(People, "GET", ApiRoutes.NodeCustody, Readers, custody.ReadAsync, NodeDocs.Custody),
        new(People, "POST", ApiRoutes.NodeFence, CallerKinds.Operator, nodes.FenceAsync, NodeDocs.Fence),
        new(People, "POST", ApiRoutes.NodeQuarantine, CallerKinds.Operator, nodes.QuarantineAsync, NodeDocs.Quarantine),
        new(People, "POST", ApiRoutes.NodeReadmit, CallerKinds.Operator, nodes.ReadmitAsync, NodeDocs.Readmit),
        new(People, "POST", ApiRoutes.NodeRetire, CallerKinds.Operator, nodes.RetireAsync, NodeDocs.Retire),
        new(People, "POST", ApiRoutes.NodeAdopt, CallerKinds.Operator, evidence.AdoptAsync, NodeEvidenceDocs.Adopt),
        new(People, "POST", ApiRoutes.NodeDeny, CallerKinds.Operator, evidence.DenyAsync, NodeEvidenceDocs.Deny),
        new(People, "POST", ApiRoutes.Readmissions, CallerKinds.Operator,
            readmissions.ReadmitAsync, NodeEvidenceDocs.ReadmitMany),
        new(People, "GET", ApiRoutes.Events, Readers, events.StreamAsync, OtherDocs.Events),
        new(People, "GET", ApiRoutes.Address, Readers, addresses.ReadAsync, OtherDocs.Address),
        new(People, "GET", ApiRoutes.Routes, Readers, routes.ReadAsync, OtherDocs.Routes),
        new(People, "GET", ApiRoutes.OpenApi, Readers, openApi.ReadAsync, OtherDocs.Description),

        new(ListenerKind.Health, "GET", "/healthz", CallerKinds.Anybody, health.LiveAsync, OtherDocs.Live),
        new(ListenerKind.Health, "GET", "/readyz", CallerKinds.Anybody, health.ReadyAsync, OtherDocs.Ready),
        new(ListenerKind.Health, "GET", "/metrics", CallerKinds.Anybody, metrics.ReadAsync, OtherDocs.Metrics),
    ];
}
