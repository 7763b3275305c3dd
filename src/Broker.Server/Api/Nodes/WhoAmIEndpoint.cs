using Broker.Contracts;
using Broker.Contracts.Ledgers;
using Broker.Server.Tls;
using Microsoft.AspNetCore.Http.Features;

namespace Broker.Server.Api.Nodes;

/// <summary>Says who the broker takes the caller for.</summary>
internal sealed class WhoAmIEndpoint(Answers answers)
{
    public async Task ReadAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        var caller = Callers.Required(context);
        var examined = context.Features.GetRequiredFeature<ExaminedConnection>();
        var (node, certificate) = await answers.ReadAsync(
            context,
            queries => (
                caller.NodeName is { } name ? queries.Node(name) : null,
                queries.Certificate(caller.CertificateHash)));
        var answer = new WhoAmI(
            caller.Role.ToString().ToLowerInvariant(),
            caller.Name,
            caller.CertificateHash.Value,
            Core.Time.Instant.From(examined.Certificate.NotAfter).ToString(),
            caller.NodeUid?.Value,
            node is null ? null : WireWords.Of(node.Standing),
            certificate is null ? null : WireWords.Of(certificate.Slot),
            answers.Position,
            certificate is null ? null : WireWords.Of(certificate.Assurance));
        await Answers.WriteAsync(context, answer, BrokerJson.Default.WhoAmI);
    }
}
