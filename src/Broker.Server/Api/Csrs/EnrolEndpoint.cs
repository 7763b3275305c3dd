using Broker.Contracts;
using Broker.Contracts.Csrs;
using Broker.Core.Refusals;
using Broker.Server.Enrolment;
using Broker.Server.Options;

namespace Broker.Server.Api.Csrs;

/// <summary>
/// Files a signing request, with a bootstrap token (enrol listener) or by a node that has a certificate (node
/// listener). Filing the same request again asks how it stands.
/// </summary>
internal sealed class EnrolEndpoint(CsrFlow flow, Answers answers, BrokerSettings settings)
{
    private const string Scheme = "Bearer ";

    public async Task EnrolAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        RequireOwnFlow(settings);
        var header = context.Request.Headers.Authorization.ToString();
        var token = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? BootstrapToken.Parse(header[Scheme.Length..].Trim())
            : null;
        if (token is null)
        {
            throw new ApiProblemException(
                "token_invalid", "The header Authorization must be: Bearer <6 characters>.<16 characters>");
        }

        var body = await RequestBody.ReadAsync(context, StrictJson.Context.EnrolRequest);
        await AnswerAsync(context, await flow.FileAsync(token, body.Csr, context.RequestAborted));
    }

    public async Task RenewAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        RequireOwnFlow(settings);
        var body = await RequestBody.ReadAsync(context, StrictJson.Context.EnrolRequest);
        await AnswerAsync(context, await flow.RenewAsync(Callers.Node(context), body.Csr, context.RequestAborted));
    }

    /// <summary>
    /// In a cluster the cluster's own flow issues; a second one would make identities that it never saw.
    /// </summary>
    /// <exception cref="ApiProblemException">The broker witnesses a cluster.</exception>
    public static void RequireOwnFlow(BrokerSettings settings)
    {
        if (settings.Kubernetes is not null)
        {
            throw new ApiProblemException(
                "cluster_enrolment", "The setting kubernetes:mode is on; the nodes' certificates are the cluster's.");
        }
    }

    private Task AnswerAsync(HttpContext context, Outcome<EnrolResponse> outcome) =>
        outcome.Refusal is { } refusal
            ? answers.RefuseAsync(context, refusal)
            : Answers.WriteAsync(context, outcome.Answer!, BrokerJson.Default.EnrolResponse);
}
