using System.Net.Http.Headers;
using Broker.Contracts;
using Broker.Contracts.Csrs;
using Broker.Contracts.Routing;

namespace Broker.Client;

/// <summary>The enrol listener: a machine that has a bootstrap token and no certificate yet.</summary>
public sealed class EnrolApi(BrokerConnection connection)
{
    /// <summary>Files a signing request, or asks how the same one stands.</summary>
    public async Task<ApiResult<EnrolResponse>> EnrolAsync(
        string token, string csrPem, CancellationToken cancellation)
    {
        using var request = BrokerConnection.Json(
            HttpMethod.Post, ApiRoutes.Enrol, new EnrolRequest(csrPem), BrokerJson.Default.EnrolRequest);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await connection.SendAsync(request, BrokerJson.Default.EnrolResponse, cancellation)
            .ConfigureAwait(false);
    }
}
