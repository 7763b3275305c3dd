using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Core.Events;

/// <summary>
/// <c>token.issued</c>: a bootstrap token, for one use (no nodes named) or for the named nodes. Only SHA-256 of
/// the secret is kept.
/// </summary>
public sealed record TokenIssued(
    TokenId Token, string SecretHash, IReadOnlyList<NodeName> Nodes, Instant Expires, PrivateText? Reason)
    : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Token(Token);
}
