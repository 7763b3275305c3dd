using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Core.Views;

/// <summary>
/// A bootstrap token, without its secret. <c>UsedBy</c> is the node that a one-use token was used for.
/// </summary>
public sealed record TokenView(
    TokenId Token,
    string SecretHash,
    IReadOnlyList<NodeName> Nodes,
    Instant Expires,
    bool Revoked,
    NodeName? UsedBy,
    long Position);
