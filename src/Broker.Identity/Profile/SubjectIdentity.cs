using Broker.Core.Names;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;

namespace Broker.Identity.Profile;

/// <summary>Whom a subject names, or why it names nobody.</summary>
internal sealed record SubjectIdentity(
    CallerRole Role, string Name, NodeName? NodeName, string? Uid, IdentityRefusal? Refusal)
{
    internal static SubjectIdentity Refused(string code, string detail) =>
        new(default, string.Empty, null, null, new IdentityRefusal(code, detail));
}
