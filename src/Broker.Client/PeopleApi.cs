using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Broker.Contracts;
using Broker.Contracts.Addresses;
using Broker.Contracts.Blocks;
using Broker.Contracts.Csrs;
using Broker.Contracts.Custody;
using Broker.Contracts.Leases;
using Broker.Contracts.Ledgers;
using Broker.Contracts.Nodes;
using Broker.Contracts.Pools;
using Broker.Contracts.Reservations;
using Broker.Contracts.Routes;
using Broker.Contracts.Routing;
using Broker.Contracts.Tokens;

namespace Broker.Client;

/// <summary>
/// What operators may change and operators and auditors may read, on the people listener. A change with
/// <c>dryRun</c> is answered as if it were made, and is not made.
/// </summary>
public sealed class PeopleApi(BrokerConnection connection)
{
    public Task<ApiResult<WhoAmI>> WhoAmIAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.WhoAmI, BrokerJson.Default.WhoAmI, cancellation);

    public Task<ApiResult<PoolInfo>> DefinePoolAsync(
        string name, PoolDefinition body, CancellationToken cancellation, bool dryRun = false) =>
        SendAsync(
            HttpMethod.Put,
            Change(Fill(ApiRoutes.Pool, name), dryRun),
            body,
            BrokerJson.Default.PoolDefinition,
            BrokerJson.Default.PoolInfo,
            cancellation);

    /// <summary>Lets a pool that is still adopting grant.</summary>
    public Task<ApiResult<PoolInfo>> OpenPoolAsync(
        string name, ChangeRequest body, CancellationToken cancellation, bool dryRun = false) =>
        SendAsync(
            HttpMethod.Post,
            Change(Fill(ApiRoutes.PoolOpen, name), dryRun),
            body,
            BrokerJson.Default.ChangeRequest,
            BrokerJson.Default.PoolInfo,
            cancellation);

    /// <summary>Lets a pool grant nothing any more.</summary>
    public Task<ApiResult<PoolInfo>> DrainPoolAsync(
        string name, ChangeRequest body, CancellationToken cancellation, bool dryRun = false) =>
        SendAsync(
            HttpMethod.Post,
            Change(Fill(ApiRoutes.PoolDrain, name), dryRun),
            body,
            BrokerJson.Default.ChangeRequest,
            BrokerJson.Default.PoolInfo,
            cancellation);

    /// <summary>Takes a drained pool out of the ledger.</summary>
    public Task<ApiResult<PoolInfo>> RetirePoolAsync(
        string name, ChangeRequest body, CancellationToken cancellation, bool dryRun = false) =>
        SendAsync(
            HttpMethod.Post,
            Change(Fill(ApiRoutes.PoolRetire, name), dryRun),
            body,
            BrokerJson.Default.ChangeRequest,
            BrokerJson.Default.PoolInfo,
            cancellation);

    public Task<ApiResult<PoolList>> ListPoolsAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.Pools, BrokerJson.Default.PoolList, cancellation);

    public Task<ApiResult<PoolInfo>> ReadPoolAsync(string name, CancellationToken cancellation) =>
        GetAsync(Fill(ApiRoutes.Pool, name), BrokerJson.Default.PoolInfo, cancellation);

    public Task<ApiResult<TokenList>> ListTokensAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.Tokens, BrokerJson.Default.TokenList, cancellation);

    public Task<ApiResult<TokenIssuedResponse>> IssueTokenAsync(
        TokenRequest body, CancellationToken cancellation, bool dryRun = false) =>
        SendAsync(
            HttpMethod.Post,
            Change(ApiRoutes.Tokens, dryRun),
            body,
            BrokerJson.Default.TokenRequest,
            BrokerJson.Default.TokenIssuedResponse,
            cancellation);

    public Task<ApiResult<TokenInfo>> RevokeTokenAsync(
        string id, ChangeRequest body, CancellationToken cancellation, bool dryRun = false) =>
        SendAsync(
            HttpMethod.Delete,
            Change(ApiRoutes.Token.Replace("{id}", Uri.EscapeDataString(id), StringComparison.Ordinal), dryRun),
            body,
            BrokerJson.Default.ChangeRequest,
            BrokerJson.Default.TokenInfo,
            cancellation);

    public Task<ApiResult<CsrList>> ListCsrsAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.Csrs, BrokerJson.Default.CsrList, cancellation);

    public Task<ApiResult<CsrInfo>> ApproveAsync(
        string csr, DecisionRequest body, CancellationToken cancellation, bool dryRun = false) =>
        DecideAsync(ApiRoutes.CsrApprove, csr, body, dryRun, cancellation);

    public Task<ApiResult<CsrInfo>> DenyAsync(
        string csr, DecisionRequest body, CancellationToken cancellation, bool dryRun = false) =>
        DecideAsync(ApiRoutes.CsrDeny, csr, body, dryRun, cancellation);

    public Task<ApiResult<NodeList>> ListNodesAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.Nodes, BrokerJson.Default.NodeList, cancellation);

    public Task<ApiResult<NodeInfo>> ReadNodeAsync(string name, CancellationToken cancellation) =>
        GetAsync(Fill(ApiRoutes.Node, name), BrokerJson.Default.NodeInfo, cancellation);

    /// <summary>A node's chain of custody, from the journal.</summary>
    public Task<ApiResult<NodeCustody>> ReadCustodyAsync(string name, CancellationToken cancellation) =>
        GetAsync(Fill(ApiRoutes.NodeCustody, name), BrokerJson.Default.NodeCustody, cancellation);

    /// <summary>
    /// Changes a node's standing; the route is one of the <c>Node…</c> routes of <see cref="ApiRoutes"/>.
    /// </summary>
    public Task<ApiResult<NodeInfo>> ChangeStandingAsync(
        string route, string node, StandingRequest body, CancellationToken cancellation, bool dryRun = false) =>
        SendAsync(
            HttpMethod.Post,
            Change(Fill(route, node), dryRun),
            body,
            BrokerJson.Default.StandingRequest,
            BrokerJson.Default.NodeInfo,
            cancellation);

    public Task<ApiResult<CertificateInfo>> AdoptCertificateAsync(
        string node, AdoptRequest body, CancellationToken cancellation, bool dryRun = false) =>
        SendAsync(
            HttpMethod.Post,
            Change(Fill(ApiRoutes.NodeAdopt, node), dryRun),
            body,
            BrokerJson.Default.AdoptRequest,
            BrokerJson.Default.CertificateInfo,
            cancellation);

    public Task<ApiResult<NodeInfo>> DenyCertificateAsync(
        string node, DenyRequest body, CancellationToken cancellation, bool dryRun = false) =>
        SendAsync(
            HttpMethod.Post,
            Change(Fill(ApiRoutes.NodeDeny, node), dryRun),
            body,
            BrokerJson.Default.DenyRequest,
            BrokerJson.Default.NodeInfo,
            cancellation);

    /// <summary>Readmits many nodes, each by itself.</summary>
    public Task<ApiResult<ReadmissionsResponse>> ReadmitAsync(
        ReadmissionsRequest body, CancellationToken cancellation, bool dryRun = false) =>
        SendAsync(
            HttpMethod.Post,
            Change(ApiRoutes.Readmissions, dryRun),
            body,
            BrokerJson.Default.ReadmissionsRequest,
            BrokerJson.Default.ReadmissionsResponse,
            cancellation);

    /// <summary>The blocks that wait for something before somebody else can have them.</summary>
    public Task<ApiResult<BlockWaitList>> ListBlocksWaitingAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.BlocksWaiting, BrokerJson.Default.BlockWaitList, cancellation);

    public Task<ApiResult<BlockList>> ListBlocksAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.Blocks, BrokerJson.Default.BlockList, cancellation);

    /// <summary>Takes a block from a node whose machine is off.</summary>
    public Task<ApiResult<BlockReclaimResponse>> ReclaimBlockAsync(
        string block, BlockReclaimRequest body, CancellationToken cancellation, bool dryRun = false) =>
        SendAsync(
            HttpMethod.Post,
            Change(
                ApiRoutes.BlockReclaim.Replace("{cidr}", Uri.EscapeDataString(block), StringComparison.Ordinal),
                dryRun),
            body,
            BrokerJson.Default.BlockReclaimRequest,
            BrokerJson.Default.BlockReclaimResponse,
            cancellation);

    /// <summary>Live leases, of one node or of all.</summary>
    public Task<ApiResult<LeaseList>> ListLeasesAsync(CancellationToken cancellation, string? node = null)
    {
        var query = node is null ? string.Empty : $"?node={Uri.EscapeDataString(node)}";
        return GetAsync(ApiRoutes.Leases + query, BrokerJson.Default.LeaseList, cancellation);
    }

    public Task<ApiResult<ReservationList>> ListReservationsAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.Reservations, BrokerJson.Default.ReservationList, cancellation);

    public Task<ApiResult<ReservationInfo>> MakeReservationAsync(
        ReservationRequest body, CancellationToken cancellation, bool dryRun = false) =>
        SendAsync(
            HttpMethod.Post,
            Change(ApiRoutes.Reservations, dryRun),
            body,
            BrokerJson.Default.ReservationRequest,
            BrokerJson.Default.ReservationInfo,
            cancellation);

    /// <summary>Drops the reservation that was made at a position; one that is gone already is no problem.</summary>
    public Task<ApiResult<ReservationDroppedResponse>> DropReservationAsync(
        string addresses, long position, ChangeRequest body, CancellationToken cancellation, bool dryRun = false)
    {
        var number = position.ToString(CultureInfo.InvariantCulture);
        var path = $"{ApiRoutes.Reservations}?addresses={Uri.EscapeDataString(addresses)}&position={number}";
        return SendAsync(
            HttpMethod.Delete,
            Change(path, dryRun),
            body,
            BrokerJson.Default.ChangeRequest,
            BrokerJson.Default.ReservationDroppedResponse,
            cancellation);
    }

    /// <summary>Each live block with an address of its node.</summary>
    public Task<ApiResult<RouteList>> ListRoutesAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.Routes, BrokerJson.Default.RouteList, cancellation);

    /// <summary>The routes as <c>ip route</c> lines.</summary>
    public async Task<ApiResult<string>> ListRouteLinesAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{ApiRoutes.Routes}?format=ip-route");
        return await connection.SendForTextAsync(request, cancellation).ConfigureAwait(false);
    }

    /// <summary>Who holds an address, or, with a time, who held it then.</summary>
    /// <param name="address">The canonical text.</param>
    /// <param name="at">RFC 3339, UTC, or null for now.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<ApiResult<AddressAnswer>> WhoHoldsAsync(string address, string? at, CancellationToken cancellation)
    {
        var path = ApiRoutes.Address.Replace("{ip}", Uri.EscapeDataString(address), StringComparison.Ordinal);
        var query = at is null ? string.Empty : $"?at={Uri.EscapeDataString(at)}";
        return GetAsync(path + query, BrokerJson.Default.AddressAnswer, cancellation);
    }

    /// <summary>Follows the journal from just after a position; -1 for its start.</summary>
    public EventStream Events(long after) => new(connection, after);

    private static string Fill(string route, string name) =>
        route.Replace("{name}", Uri.EscapeDataString(name), StringComparison.Ordinal);

    private static string Change(string path, bool dryRun) =>
        dryRun ? path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "dryRun=true" : path;

    private Task<ApiResult<CsrInfo>> DecideAsync(
        string route, string csr, DecisionRequest body, bool dryRun, CancellationToken cancellation) =>
        SendAsync(
            HttpMethod.Post,
            Change(Fill(route, csr), dryRun),
            body,
            BrokerJson.Default.DecisionRequest,
            BrokerJson.Default.CsrInfo,
            cancellation);

    private async Task<ApiResult<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await connection.SendAsync(request, type, cancellation).ConfigureAwait(false);
    }

    private async Task<ApiResult<TAnswer>> SendAsync<TBody, TAnswer>(
        HttpMethod method,
        string path,
        TBody body,
        JsonTypeInfo<TBody> bodyType,
        JsonTypeInfo<TAnswer> answerType,
        CancellationToken cancellation)
        where TAnswer : class
    {
        using var request = BrokerConnection.Json(method, path, body, bodyType);
        return await connection.SendAsync(request, answerType, cancellation).ConfigureAwait(false);
    }
}
