using System.Globalization;
using Broker.Contracts;
using Broker.Contracts.Blocks;
using Broker.Contracts.Csrs;
using Broker.Contracts.Leases;
using Broker.Contracts.Ledgers;
using Broker.Contracts.Routing;

namespace Broker.Client;

/// <summary>What a node may ask, with its certificate, on the node listener.</summary>
public sealed class NodeApi(BrokerConnection connection)
{
    public Task<ApiResult<WhoAmI>> WhoAmIAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.WhoAmI, BrokerJson.Default.WhoAmI, cancellation);

    public Task<ApiResult<BlockList>> ListBlocksAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.Blocks, BrokerJson.Default.BlockList, cancellation);

    public Task<ApiResult<LeaseList>> ListLeasesAsync(CancellationToken cancellation) =>
        GetAsync(ApiRoutes.Leases, BrokerJson.Default.LeaseList, cancellation);

    public async Task<ApiResult<BlocksGrantedResponse>> GrantBlocksAsync(
        BlocksRequest body, CancellationToken cancellation)
    {
        using var request = BrokerConnection.Json(
            HttpMethod.Post, ApiRoutes.Blocks, body, BrokerJson.Default.BlocksRequest);
        return await connection.SendAsync(request, BrokerJson.Default.BlocksGrantedResponse, cancellation)
            .ConfigureAwait(false);
    }

    public async Task<ApiResult<BlockReleasedResponse>> ReleaseBlockAsync(
        string block, long generation, CancellationToken cancellation)
    {
        var number = generation.ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(
            HttpMethod.Delete, $"{ApiRoutes.Blocks}?block={Uri.EscapeDataString(block)}&generation={number}");
        return await connection.SendAsync(request, BrokerJson.Default.BlockReleasedResponse, cancellation)
            .ConfigureAwait(false);
    }

    public async Task<ApiResult<LeasesGrantedResponse>> GrantLeaseAsync(
        LeaseRequest body, CancellationToken cancellation)
    {
        using var request = BrokerConnection.Json(
            HttpMethod.Post, ApiRoutes.Leases, body, BrokerJson.Default.LeaseRequest);
        return await connection.SendAsync(request, BrokerJson.Default.LeasesGrantedResponse, cancellation)
            .ConfigureAwait(false);
    }

    public async Task<ApiResult<LeasesReleasedResponse>> ReleaseLeaseAsync(
        string network, string containerId, string @interface, CancellationToken cancellation)
    {
        var query = $"?network={Uri.EscapeDataString(network)}&containerId={Uri.EscapeDataString(containerId)}"
            + $"&interface={Uri.EscapeDataString(@interface)}";
        using var request = new HttpRequestMessage(HttpMethod.Delete, ApiRoutes.Leases + query);
        return await connection.SendAsync(request, BrokerJson.Default.LeasesReleasedResponse, cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Files a request for a further certificate of the same node, or asks how the same one stands.
    /// </summary>
    public async Task<ApiResult<EnrolResponse>> RenewAsync(string csrPem, CancellationToken cancellation)
    {
        using var request = BrokerConnection.Json(
            HttpMethod.Post, ApiRoutes.NodeCsrs, new EnrolRequest(csrPem), BrokerJson.Default.EnrolRequest);
        return await connection.SendAsync(request, BrokerJson.Default.EnrolResponse, cancellation)
            .ConfigureAwait(false);
    }

    private async Task<ApiResult<T>> GetAsync<T>(
        string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await connection.SendAsync(request, type, cancellation).ConfigureAwait(false);
    }
}
