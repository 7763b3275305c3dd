using Broker.Core.Names;
using Broker.Core.Views;
using Broker.Identity.Trust;

namespace Broker.Server.Authentication;

/// <summary>Request feature: who is asking, as of this request.</summary>
/// <param name="Role">What the caller may be asked as.</param>
/// <param name="Name">The node's name or the person's.</param>
/// <param name="NodeName">Set for nodes.</param>
/// <param name="NodeUid">Set for nodes: the Node that the certificate was witnessed for.</param>
/// <param name="CertificateHash">The certificate of the connection.</param>
/// <param name="IssuerKey">The key of the CA that issued it.</param>
/// <param name="Standing">Set for nodes: active or quarantined.</param>
/// <param name="NeedsPromotion">First use of a <c>next</c> certificate: promote it before anything else.</param>
public sealed record Caller(
    CallerRole Role,
    string Name,
    NodeName? NodeName,
    NodeUid? NodeUid,
    CertificateHash CertificateHash,
    KeyHash IssuerKey,
    Standing? Standing,
    bool NeedsPromotion);
