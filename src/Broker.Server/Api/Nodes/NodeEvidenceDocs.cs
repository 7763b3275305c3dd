using Broker.Contracts.Nodes;
using Broker.Server.Api.OpenApi;

namespace Broker.Server.Api.Nodes;

/// <summary>What the description of the surface says of certificates that operators take over or deny.</summary>
internal static class NodeEvidenceDocs
{
    public static EndpointAbout Adopt { get; } = new(
        "adoptCertificate", "Takes over a certificate without an approved request, or lets one off its hold.")
    {
        Takes = typeof(AdoptRequest),
        Query = [DryRun.Described],
        Gives = typeof(CertificateInfo),
        Problems =
        [
            "certificate_unknown", "certificate_denied", "conflict", "subject_mismatch", "superseded", "key_reuse",
            "node_unregistered",
        ],
    };

    public static EndpointAbout Deny { get; } = new(
        "denyCertificate", "Denies a certificate, a key or a serial number for good, and ends its connections.")
    {
        Takes = typeof(DenyRequest),
        BodyOptional = true,
        Query = [DryRun.Described],
        Gives = typeof(NodeInfo),
        Problems = ["node_unknown", "conflict", "ledger_limit"],
    };

    public static EndpointAbout ReadmitMany { get; } = new(
        "readmitNodes", "Readmits many nodes, each by itself; what was refused is told in the answer.")
    {
        Takes = typeof(ReadmissionsRequest),
        Query = [DryRun.Described],
        Gives = typeof(ReadmissionsResponse),
    };
}
