using System.Text.Json;
using Broker.Core.Events;
using Broker.Core.Names;

namespace Broker.Journal.Events.Shapes;

/// <summary>The <c>csr.*</c> events.</summary>
internal static class CsrShapes
{
    public static IReadOnlyList<EventShape> All { get; } =
    [
        EventShape.Of<CsrObserved>("csr.observed", WriteObserved, ReadObserved),
        EventShape.WithReason<CsrApproved>(
            "csr.approved",
            (json, e) =>
            {
                WriteDecision(json, e.Csr, e.Rule);
                json.Optional("approval", e.Approval);
            },
            (json, reason) => new CsrApproved(
                Csr(json), json.OptionalText("rule"), reason, json.OptionalText("approval")),
            e => e.Reason),
        EventShape.WithReason<CsrDenied>(
            "csr.denied",
            (json, e) => WriteDecision(json, e.Csr, e.Rule),
            (json, reason) => new CsrDenied(Csr(json), json.OptionalText("rule"), reason),
            e => e.Reason),
        EventShape.Of<CsrFailed>(
            "csr.failed",
            (json, e) => json.WriteString("csr", e.Csr.Value),
            json => new CsrFailed(Csr(json))),
        EventShape.Of<CsrContradicted>(
            "csr.contradicted",
            (json, e) =>
            {
                json.WriteString("csr", e.Csr.Value);
                json.WriteString("code", e.Code);
            },
            json => new CsrContradicted(Csr(json), json.Text("code"))),
    ];

    private static void WriteObserved(Utf8JsonWriter json, CsrObserved e)
    {
        json.WriteString("csr", e.Csr.Value);
        json.WriteString("csrUid", e.CsrUid);
        json.WriteString("signer", e.Signer);
        json.WriteString("requester", e.Requester);
        json.WriteString("node", e.Node.Value);
        json.WriteString("key", e.Key.Value);
        json.WriteString("request", e.Request.Value);
        json.Optional("token", e.Token?.Value);
        json.Optional("credential", e.Credential?.Value);
    }

    private static CsrObserved ReadObserved(JsonElement json) => new(
        Csr(json),
        json.Text("csrUid"),
        json.Text("signer"),
        json.Text("requester"),
        json.Node(),
        KeyHash.Parse(json.Text("key")),
        BlobHash.Parse(json.Text("request")),
        json.OptionalText("token") is { } token ? TokenId.Parse(token) : null,
        json.OptionalText("credential") is { } credential ? CertificateHash.Parse(credential) : null);

    private static void WriteDecision(Utf8JsonWriter json, CsrName csr, string? rule)
    {
        json.WriteString("csr", csr.Value);
        json.Optional("rule", rule);
    }

    private static CsrName Csr(JsonElement json) => CsrName.Parse(json.Text("csr"));
}
