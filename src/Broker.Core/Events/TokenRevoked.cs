using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Core.Events;

/// <summary><c>token.revoked</c>: the token is of no more use.</summary>
public sealed record TokenRevoked(TokenId Token, PrivateText? Reason) : LedgerEvent
{
    /// <inheritdoc/>
    public override Subject Subject => Subject.Token(Token);
}
