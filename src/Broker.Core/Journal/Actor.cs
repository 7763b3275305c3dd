using Broker.Core.Names;

namespace Broker.Core.Journal;

/// <summary>
/// Who caused an event. Nodes, tokens and the broker are named in clear; an operator is a person, so that name is
/// private.
/// </summary>
public sealed record Actor(ActorRole Role, string? Name, PrivateText? PrivateName, CertificateHash? Certificate)
{
    /// <summary>The broker itself.</summary>
    public static Actor Broker { get; } = new(ActorRole.Broker, "broker", null, null);

    public static Actor Node(NodeName name, CertificateHash certificate) =>
        new(ActorRole.Node, name.Value, null, certificate);

    public static Actor Operator(PrivateText name, CertificateHash certificate) =>
        new(ActorRole.Operator, null, name, certificate);

    public static Actor Bootstrap(TokenId token) => new(ActorRole.Bootstrap, token.Value, null, null);
}
