using Broker.Contracts;
using Broker.Contracts.Nodes;
using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Server.Cluster;

namespace Broker.Server.Api.Nodes;

/// <summary>Certificates of a node that an operator takes over or denies.</summary>
internal sealed class NodeEvidenceEndpoints(Answers answers, CertificateFinder certificates)
{
    public async Task AdoptAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        var name = PathName(context);
        var body = await RequestBody.ReadAsync(context, StrictJson.Context.AdoptRequest);
        var hash = FieldReader.Read<CertificateHash>("certificate", body.Certificate, CertificateHash.TryParse);
        var command = new AdoptCertificate(
            Operators.Actor(context),
            name,
            SeenUid(body.SeenUid),
            await certificates.FindAsync(hash, name, context.RequestAborted),
            certificates.NodeOf(name),
            Operators.Reason(body.Reason));
        await answers.SubmitAsync(context, command, _ => InfoAsync(context, name), BrokerJson.Default.NodeInfo);
    }

    public async Task DenyAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        var name = PathName(context);
        var body = await RequestBody.ReadOrDefaultAsync(context, StrictJson.Context.DenyRequest, new DenyRequest());
        var command = new DenyCertificate(
            Operators.Actor(context),
            name,
            SeenUid(body.SeenUid),
            body.Certificate is null
                ? null
                : FieldReader.Read<CertificateHash>("certificate", body.Certificate, CertificateHash.TryParse),
            body.Key is null ? null : FieldReader.Read<KeyHash>("key", body.Key, KeyHash.TryParse),
            body.Issuer is null ? null : FieldReader.Read<KeyHash>("issuer", body.Issuer, KeyHash.TryParse),
            body.Serial,
            Operators.Reason(body.Reason));
        await answers.SubmitAsync(context, command, _ => InfoAsync(context, name), BrokerJson.Default.NodeInfo);
    }

    private async Task<NodeInfo> InfoAsync(HttpContext context, NodeName name) => (await answers.ReadAsync(
        context,
        queries => queries.Node(name) is { } node ? Wire.Of(node, queries.CertificatesOf(name)) : null))!;

    private static NodeUid? SeenUid(string? text) =>
        text is null ? null : FieldReader.Read<NodeUid>("seenUid", text, NodeUid.TryParse);

    private static NodeName PathName(HttpContext context) =>
        FieldReader.Read<NodeName>("name", (string?)context.Request.RouteValues["name"], NodeName.TryParse);
}
