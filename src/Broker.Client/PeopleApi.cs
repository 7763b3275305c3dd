using System.Text.Json.Serialization.Metadata;
using Broker.Contracts;
using Broker.Contracts.Addresses;
using Broker.Contracts.Blocks;
using Broker.Contracts.Csrs;
using Broker.Contracts.Leases;
using Broker.Contracts.Ledgers;
using Broker.Contracts.Nodes;
using Broker.Contracts.Pools;
using Broker.Contracts.Routing;
using Broker.Contracts.Tokens;

namespace Broker.Client;

/// <summary>What operators may change and operators and auditors may read, on the people listener.</summary>
public sealed class PeopleApi(BrokerConnection connection)
{
    public Task<ApiResult<WhoAmI>> WhoAmIAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.WhoAmI, BrokerJson.Default.WhoAmI, cancellation);

    public Task<ApiResult<PoolInfo>> DefinePoolAsync(
        string name, PoolDefinition body, CancellationToken cancellation) =>
        SendAsync(
            HttpMethod.Put,
            Fill(ApiRoutes.Pool, name),
            body,
            BrokerJson.Default.PoolDefinition,
            BrokerJson.Default.PoolInfo,
            cancellation);

    public Task<ApiResult<PoolList>> ListPoolsAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.Pools, BrokerJson.Default.PoolList, cancellation);

    public Task<ApiResult<TokenIssuedResponse>> IssueTokenAsync(TokenRequest body, CancellationToken cancellation) =>
        SendAsync(
            HttpMethod.Post,
            ApiRoutes.Tokens,
            body,
            BrokerJson.Default.TokenRequest,
            BrokerJson.Default.TokenIssuedResponse,
            cancellation);

    public Task<ApiResult<CsrList>> ListCsrsAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.Csrs, BrokerJson.Default.CsrList, cancellation);

    public Task<ApiResult<CsrInfo>> ApproveAsync(string csr, DecisionRequest body, CancellationToken cancellation) =>
        SendAsync(
            HttpMethod.Post,
            Fill(ApiRoutes.CsrApprove, csr),
            body,
            BrokerJson.Default.DecisionRequest,
            BrokerJson.Default.CsrInfo,
            cancellation);

    public Task<ApiResult<CsrInfo>> DenyAsync(string csr, DecisionRequest body, CancellationToken cancellation) =>
        SendAsync(
            HttpMethod.Post,
            Fill(ApiRoutes.CsrDeny, csr),
            body,
            BrokerJson.Default.DecisionRequest,
            BrokerJson.Default.CsrInfo,
            cancellation);

    public Task<ApiResult<NodeList>> ListNodesAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.Nodes, BrokerJson.Default.NodeList, cancellation);

    /// <summary>
    /// Changes a node's standing; the route is one of the <c>Node…</c> routes of <see cref="ApiRoutes"/>.
    /// </summary>
    public Task<ApiResult<NodeInfo>> ChangeStandingAsync(
        string route, string node, StandingRequest body, CancellationToken cancellation) =>
        SendAsync(
            HttpMethod.Post,
            Fill(route, node),
            body,
            BrokerJson.Default.StandingRequest,
            BrokerJson.Default.NodeInfo,
            cancellation);

    public Task<ApiResult<NodeInfo>> AdoptCertificateAsync(
        string node, AdoptRequest body, CancellationToken cancellation) =>
        SendAsync(
            HttpMethod.Post,
            Fill(ApiRoutes.NodeAdopt, node),
            body,
            BrokerJson.Default.AdoptRequest,
            BrokerJson.Default.NodeInfo,
            cancellation);

    public Task<ApiResult<NodeInfo>> DenyCertificateAsync(
        string node, DenyRequest body, CancellationToken cancellation) =>
        SendAsync(
            HttpMethod.Post,
            Fill(ApiRoutes.NodeDeny, node),
            body,
            BrokerJson.Default.DenyRequest,
            BrokerJson.Default.NodeInfo,
            cancellation);

    /// <summary>Readmits many nodes, each by itself.</summary>
    public Task<ApiResult<ReadmissionsResponse>> ReadmitAsync(
        ReadmissionsRequest body, CancellationToken cancellation) =>
        SendAsync(
            HttpMethod.Post,
            ApiRoutes.Readmissions,
            body,
            BrokerJson.Default.ReadmissionsRequest,
            BrokerJson.Default.ReadmissionsResponse,
            cancellation);

    public Task<ApiResult<BlockList>> ListBlocksAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.Blocks, BrokerJson.Default.BlockList, cancellation);

    public Task<ApiResult<LeaseList>> ListLeasesAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.Leases, BrokerJson.Default.LeaseList, cancellation);

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
