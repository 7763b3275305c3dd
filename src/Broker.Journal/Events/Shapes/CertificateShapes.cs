using System.Text.Json;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Journal.Events.Shapes;

/// <summary>The <c>certificate.*</c> events.</summary>
internal static class CertificateShapes
{
    public static IReadOnlyList<EventShape> All { get; } =
    [
        EventShape.Of<CertificateWitnessed>("certificate.witnessed", WriteWitnessed, ReadWitnessed),
        EventShape.Of<CertificatePromoted>(
            "certificate.promoted",
            (json, e) => WriteSlot(json, e.Node, e.Certificate),
            json => new CertificatePromoted(json.Node(), json.Certificate())),
        EventShape.Of<CertificateRetired>(
            "certificate.retired",
            (json, e) => WriteSlot(json, e.Node, e.Certificate),
            json => new CertificateRetired(json.Node(), json.Certificate())),
        EventShape.WithReason<CertificateAdopted>("certificate.adopted", WriteAdopted, ReadAdopted, e => e.Reason),
        EventShape.WithReason<CertificateDenied>("certificate.denied", WriteDenied, ReadDenied, e => e.Reason),
    ];

    private static void WriteWitnessed(Utf8JsonWriter json, CertificateWitnessed e)
    {
        json.WriteString("certificate", e.Certificate.Value);
        json.WriteString("csr", e.Csr.Value);
        json.WriteString("node", e.Node.Value);
        json.WriteString("uid", e.Uid.Value);
        json.WriteString("key", e.Key.Value);
        json.WriteString("serial", e.Serial);
        json.WriteString("issuer", e.Issuer.Value);
        json.WriteString("notBefore", e.NotBefore.ToString());
        json.WriteString("notAfter", e.NotAfter.ToString());
        json.Optional(
            "assurance", e.Assurance == Assurance.Embedded ? null : JournalNames.Assurances.Name(e.Assurance));
        json.Optional("requested", e.Requested?.ToString());
        json.Optional("hold", e.Hold);
    }

    private static CertificateWitnessed ReadWitnessed(JsonElement json) => new(
        json.Certificate(),
        CsrName.Parse(json.Text("csr")),
        json.Node(),
        json.Uid(),
        KeyHash.Parse(json.Text("key")),
        json.Text("serial"),
        KeyHash.Parse(json.Text("issuer")),
        json.Time("notBefore"),
        json.Time("notAfter"),
        json.OptionalText("assurance") is { } assurance
            ? JournalNames.Assurances.Parse(assurance)
            : Assurance.Embedded,
        json.OptionalTime("requested"),
        json.OptionalText("hold"));

    private static void WriteAdopted(Utf8JsonWriter json, CertificateAdopted e)
    {
        json.WriteString("certificate", e.Certificate.Value);
        json.WriteString("node", e.Node.Value);
        json.WriteString("uid", e.Uid.Value);
        json.WriteString("key", e.Key.Value);
        json.WriteString("serial", e.Serial);
        json.WriteString("issuer", e.Issuer.Value);
        json.WriteString("notBefore", e.NotBefore.ToString());
        json.WriteString("notAfter", e.NotAfter.ToString());
    }

    private static CertificateAdopted ReadAdopted(JsonElement json, PrivateText? reason) => new(
        json.Certificate(),
        json.Node(),
        json.Uid(),
        KeyHash.Parse(json.Text("key")),
        json.Text("serial"),
        KeyHash.Parse(json.Text("issuer")),
        json.Time("notBefore"),
        json.Time("notAfter"),
        reason);

    private static void WriteDenied(Utf8JsonWriter json, CertificateDenied e)
    {
        json.WriteString("node", e.Node.Value);
        json.Optional("certificate", e.Certificate?.Value);
        json.Optional("key", e.Key?.Value);
        json.Optional("issuer", e.Issuer?.Value);
        json.Optional("serial", e.Serial);
    }

    private static CertificateDenied ReadDenied(JsonElement json, PrivateText? reason) => new(
        json.Node(),
        json.OptionalCertificate(),
        json.OptionalKey(),
        json.OptionalText("issuer") is { } issuer ? KeyHash.Parse(issuer) : null,
        json.OptionalText("serial"),
        reason);

    private static void WriteSlot(Utf8JsonWriter json, NodeName node, CertificateHash certificate)
    {
        json.WriteString("node", node.Value);
        json.WriteString("certificate", certificate.Value);
    }
}
