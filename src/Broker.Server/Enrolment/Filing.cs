using Broker.Core.Names;
using Broker.Identity.Csr;

namespace Broker.Server.Enrolment;

/// <summary>An examined request with the right by which it is filed: a token, or the certificate in use.</summary>
internal sealed record Filing(
    ExaminedCsr Examined,
    string Requester,
    string Rule,
    TokenId? Token,
    CertificateHash? RenewedFrom,
    bool TokenIsForOneUse);
