using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>Revoke a bootstrap token. Revoking a revoked one is answered again.</summary>
public sealed record RevokeToken(Actor Actor, TokenId Token, PrivateText? Reason) : Command<TokenView>(Actor, null);
