using Broker.Contracts;
using Broker.Contracts.Nodes;
using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.Views;
using Broker.Journal.Writing;
using Broker.Server.Cluster;

namespace Broker.Server.Api.Nodes;

/// <summary>Certificates of a node that an operator takes over or denies.</summary>
internal sealed class NodeEvidenceEndpoints(Answers answers, CertificateFinder certificates, LedgerWriter writer)
{
    public async Task AdoptAsync(HttpContext context)
    {
        var dryRun = DryRun.Read(context);
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
        await answers.ChangeAsync(
            context,
            dryRun,
            command,
            async certificate =>
            {
                // A Node that came anew waits for a certificate that counts; else only the next list binds it.
                if (!dryRun && command.NodeObject is { } node)
                {
                    _ = await writer.SubmitAsync(new BindNode(node), context.RequestAborted); // It cannot be refused.
                }

                return Wire.Of(certificate);
            },
            BrokerJson.Default.CertificateInfo);
    }

    public async Task DenyAsync(HttpContext context)
    {
        var dryRun = DryRun.Read(context);
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
        await answers.ChangeAsync(
            context,
            dryRun,
            command,
            view => answers.ReadAsync(context, queries => InfoAfter(queries, view, command)),
            BrokerJson.Default.NodeInfo);
    }

    /// <summary>The node once the denial counts, also when it was only tried.</summary>
    private static NodeInfo InfoAfter(LedgerQueries queries, NodeView view, DenyCertificate command) => Wire.Of(
        view,
        [
            .. queries.CertificatesOf(view.Node).Select(
                certificate => Hits(command, certificate)
                    ? certificate with { Slot = CertificateSlot.Denied }
                    : certificate),
        ]);

    private static bool Hits(DenyCertificate command, CertificateView certificate) => command switch
    {
        { Certificate: { } hash } => hash == certificate.Certificate,
        { Key: { } key } => key == certificate.Key,
        { Serial: { } serial } => command.Issuer == certificate.Issuer && serial == certificate.Serial,
        _ => true,
    };

    private static NodeUid? SeenUid(string? text) =>
        text is null ? null : FieldReader.Read<NodeUid>("seenUid", text, NodeUid.TryParse);

    private static NodeName PathName(HttpContext context) =>
        FieldReader.Read<NodeName>("name", (string?)context.Request.RouteValues["name"], NodeName.TryParse);
}
