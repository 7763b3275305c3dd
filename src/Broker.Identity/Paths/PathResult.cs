using Broker.Identity.Der;
using Broker.Identity.Reasons;

namespace Broker.Identity.Paths;

/// <summary>
/// A path from leaf to anchor, or why there is none. <c>LeafAtFault</c> says that a rule about the leaf itself failed,
/// so that the profile may name it more exactly; it never turns a refusal into an acceptance.
/// </summary>
internal sealed record PathResult(IReadOnlyList<DerCertificate> Issuers, IdentityRefusal? Refusal, bool LeafAtFault)
{
    internal static PathResult Refused(string code, string detail, bool leafAtFault = false) =>
        new([], new IdentityRefusal(code, detail), leafAtFault);
}
