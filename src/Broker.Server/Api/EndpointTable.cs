using Broker.Contracts.Routing;
using Broker.Server.Api.Addresses;
using Broker.Server.Api.Blocks;
using Broker.Server.Api.Csrs;
using Broker.Server.Api.Events;
using Broker.Server.Api.Leases;
using Broker.Server.Api.Nodes;
using Broker.Server.Api.Pools;
using Broker.Server.Api.Tokens;
using Broker.Server.Health;

namespace Broker.Server.Api;

/// <summary>
/// Every endpoint, with the callers that it lets in. What does not stand here does not exist, and who is not named is
/// refused; a test walks all rows with every kind of caller.
/// </summary>
internal sealed class EndpointTable(
    WhoAmIEndpoint whoAmI,
    BlockEndpoints blocks,
    LeaseEndpoints leases,
    EnrolEndpoint enrol,
    PoolEndpoints pools,
    TokenEndpoints tokens,
    CsrEndpoints csrs,
    NodeEndpoints nodes,
    NodeEvidenceEndpoints evidence,
    ReadmissionsEndpoint readmissions,
    EventsEndpoint events,
    AddressEndpoint addresses,
    HealthEndpoints health)
{
    private const CallerKinds Readers = CallerKinds.Operator | CallerKinds.Auditor;
    private const ListenerKind Node = ListenerKind.Node;
    private const ListenerKind People = ListenerKind.People;

    public IReadOnlyList<EndpointRow> Rows { get; } =
    [
        new(Node, "GET", ApiRoutes.WhoAmI, CallerKinds.Node, whoAmI.ReadAsync),
        new(Node, "GET", ApiRoutes.Blocks, CallerKinds.Node, blocks.ListOwnAsync),
        new(Node, "POST", ApiRoutes.Blocks, CallerKinds.Node, blocks.GrantAsync),
        new(Node, "DELETE", ApiRoutes.Blocks, CallerKinds.Node, blocks.ReleaseAsync),
        new(Node, "GET", ApiRoutes.Leases, CallerKinds.Node, leases.ListOwnAsync),
        new(Node, "POST", ApiRoutes.Leases, CallerKinds.Node, leases.GrantAsync),
        new(Node, "DELETE", ApiRoutes.Leases, CallerKinds.Node, leases.ReleaseAsync),
        new(Node, "POST", ApiRoutes.NodeCsrs, CallerKinds.Node, enrol.RenewAsync),

        new(ListenerKind.Enrol, "POST", ApiRoutes.Enrol, CallerKinds.TokenHolder, enrol.EnrolAsync),

        new(People, "GET", ApiRoutes.WhoAmI, Readers, whoAmI.ReadAsync),
        new(People, "GET", ApiRoutes.Pools, Readers, pools.ListAsync),
        new(People, "GET", ApiRoutes.Pool, Readers, pools.ReadAsync),
        new(People, "PUT", ApiRoutes.Pool, CallerKinds.Operator, pools.DefineAsync),
        new(People, "POST", ApiRoutes.PoolOpen, CallerKinds.Operator, pools.OpenAsync),
        new(People, "GET", ApiRoutes.Blocks, Readers, blocks.ListAllAsync),
        new(People, "GET", ApiRoutes.Leases, Readers, leases.ListAllAsync),
        new(People, "GET", ApiRoutes.Tokens, CallerKinds.Operator, tokens.ListAsync),
        new(People, "POST", ApiRoutes.Tokens, CallerKinds.Operator, tokens.IssueAsync),
        new(People, "DELETE", ApiRoutes.Token, CallerKinds.Operator, tokens.RevokeAsync),
        new(People, "GET", ApiRoutes.Csrs, Readers, csrs.ListAsync),
        new(People, "POST", ApiRoutes.CsrApprove, CallerKinds.Operator, csrs.ApproveAsync),
        new(People, "POST", ApiRoutes.CsrDeny, CallerKinds.Operator, csrs.DenyAsync),
        new(People, "GET", ApiRoutes.Nodes, Readers, nodes.ListAsync),
        new(People, "GET", ApiRoutes.Node, Readers, nodes.ReadAsync),
        new(People, "POST", ApiRoutes.NodeFence, CallerKinds.Operator, nodes.FenceAsync),
        new(People, "POST", ApiRoutes.NodeQuarantine, CallerKinds.Operator, nodes.QuarantineAsync),
        new(People, "POST", ApiRoutes.NodeReadmit, CallerKinds.Operator, nodes.ReadmitAsync),
        new(People, "POST", ApiRoutes.NodeRetire, CallerKinds.Operator, nodes.RetireAsync),
        new(People, "POST", ApiRoutes.NodeAdopt, CallerKinds.Operator, evidence.AdoptAsync),
        new(People, "POST", ApiRoutes.NodeDeny, CallerKinds.Operator, evidence.DenyAsync),
        new(People, "POST", ApiRoutes.Readmissions, CallerKinds.Operator, readmissions.ReadmitAsync),
        new(People, "GET", ApiRoutes.Events, Readers, events.StreamAsync),
        new(People, "GET", ApiRoutes.Address, Readers, addresses.ReadAsync),

        new(ListenerKind.Health, "GET", "/healthz", CallerKinds.Anybody, health.LiveAsync),
        new(ListenerKind.Health, "GET", "/readyz", CallerKinds.Anybody, health.ReadyAsync),
    ];
}
