using Broker.Core.Names;
using Broker.Identity.Der;
using Broker.Identity.Reasons;
using Broker.Identity.Trust;

namespace Broker.Identity.Profile;

/// <summary>
/// From a subject to a role and a name. Attributes are counted and compared one by one, ordinal; no value is shown in a
/// refusal, because whoever wrote it may have wanted it in a log.
/// </summary>
internal static class SubjectRules
{
    internal const string NodesOrganization = "system:nodes";
    internal const string NodePrefix = "system:node:";
    internal const string OperatorsOrganization = "broker:operators";
    internal const string AuditorsOrganization = "broker:auditors";

    private const int PersonNameCharsMax = 64;
    private const int UidCharsMax = 64;

    /// <summary>Reads a subject for the purpose of the anchor that its path ends in.</summary>
    /// <param name="subject">The DER of the name.</param>
    /// <param name="purpose">Nodes or people.</param>
    /// <param name="namesOnly">Refuse every attribute but organization and common name, as for a request.</param>
    internal static SubjectIdentity Read(ReadOnlyMemory<byte> subject, AnchorPurpose purpose, bool namesOnly)
    {
        var attributes = DerName.Read(subject);
        if (attributes.Count == 0)
        {
            return SubjectIdentity.Refused(ReasonCodes.Cn, "The subject is empty.");
        }

        if (attributes[^1].Rdn != attributes.Count - 1)
        {
            return SubjectIdentity.Refused(ReasonCodes.RdnMulti, "A part of the subject holds several attributes.");
        }

        if (attributes.Any(attribute => attribute.Text is null))
        {
            return SubjectIdentity.Refused(ReasonCodes.Encoding, "The subject has a string of an odd type.");
        }

        var refusal = CheckCounts(attributes, namesOnly);
        if (refusal is not null)
        {
            return new SubjectIdentity(default, string.Empty, null, null, refusal);
        }

        var organization = Value(attributes, Oids.Organization)!;
        var name = Value(attributes, Oids.CommonName)!;
        return purpose == AnchorPurpose.Nodes
            ? ReadNode(organization, name, Value(attributes, Oids.KubernetesUserUid))
            : ReadPerson(organization, name);
    }

    private static IdentityRefusal? CheckCounts(IReadOnlyList<DerAttribute> attributes, bool namesOnly)
    {
        var organizations = attributes.Count(attribute => attribute.Oid == Oids.Organization);
        var names = attributes.Count(attribute => attribute.Oid == Oids.CommonName);
        if (organizations != 1)
        {
            return organizations == 0
                ? new(ReasonCodes.Org, "The subject has no organization.")
                : new(ReasonCodes.OrgExact, $"The subject has {organizations} organizations.");
        }

        if (names != 1)
        {
            return names == 0
                ? new(ReasonCodes.Cn, "The subject has no common name.")
                : new(ReasonCodes.CnMultiple, $"The subject has {names} common names.");
        }

        var odd = attributes.FirstOrDefault(attribute => !IsAllowed(attribute.Oid, namesOnly));
        if (odd is not null)
        {
            return new(ReasonCodes.SubjectAttribute, $"The subject has the attribute {odd.Oid}.");
        }

        return attributes.Count(attribute => attribute.Oid == Oids.KubernetesUserUid) > 1
            ? new(ReasonCodes.SubjectAttribute, "The subject has more than one user UID.")
            : null;
    }

    private static SubjectIdentity ReadNode(string organization, string name, string? uid)
    {
        if (organization != NodesOrganization)
        {
            return SubjectIdentity.Refused(ReasonCodes.Org, "The organization is not system:nodes.");
        }

        if (!name.StartsWith(NodePrefix, StringComparison.Ordinal))
        {
            return SubjectIdentity.Refused(ReasonCodes.Cn, "The common name does not begin with system:node:.");
        }

        var rest = name[NodePrefix.Length..];
        if (rest.Length == 0)
        {
            return SubjectIdentity.Refused(ReasonCodes.CnEmpty, "The common name names no node.");
        }

        if (!NodeName.TryParse(rest, out var node))
        {
            return SubjectIdentity.Refused(ReasonCodes.CnSyntax, "The node name is not a DNS-1123 subdomain.");
        }

        return uid is { Length: 0 or > UidCharsMax }
            ? SubjectIdentity.Refused(ReasonCodes.UidMismatch, "The user UID is empty or too long.")
            : new SubjectIdentity(CallerRole.Node, node.Value, node, uid, null);
    }

    private static SubjectIdentity ReadPerson(string organization, string name)
    {
        CallerRole? role = organization switch
        {
            OperatorsOrganization => CallerRole.Operator,
            AuditorsOrganization => CallerRole.Auditor,
            _ => null,
        };
        if (role is null)
        {
            return SubjectIdentity.Refused(
                ReasonCodes.Org, "The organization is neither broker:operators nor broker:auditors.");
        }

        if (name.Length == 0)
        {
            return SubjectIdentity.Refused(ReasonCodes.CnEmpty, "The common name is empty.");
        }

        return IsPersonName(name)
            ? new SubjectIdentity(role.Value, name, null, null, null)
            : SubjectIdentity.Refused(
                ReasonCodes.CnSyntax, "A person's name has 1 to 64 letters, digits and . _ : @ + - only.");
    }

    /// <summary>Letters, digits and <c>. _ : @ + -</c>, 1 to 64, beginning with a letter or digit.</summary>
    internal static bool IsPersonName(string name) =>
        name.Length is > 0 and <= PersonNameCharsMax
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '@' or '+' or '-');

    /// <summary>What Go's pkix.Name carries over from a request, and the user UID.</summary>
    private static bool IsAllowed(string oid, bool namesOnly) => oid switch
    {
        Oids.Organization or Oids.CommonName => true,
        Oids.Country or Oids.OrganizationalUnit or Oids.Locality or Oids.StateOrProvince or Oids.Street
            or Oids.PostalCode or Oids.SerialNumber or Oids.KubernetesUserUid => !namesOnly,
        _ => false,
    };

    private static string? Value(IReadOnlyList<DerAttribute> attributes, string oid) =>
        attributes.FirstOrDefault(attribute => attribute.Oid == oid)?.Text;
}
