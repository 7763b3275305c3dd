using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Time;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>Issue a bootstrap token: for one use when no node is named, else for the named nodes.</summary>
public sealed record IssueToken(
    Actor Actor,
    TokenId Token,
    string SecretHash,
    IReadOnlyList<NodeName> Nodes,
    Instant Expires,
    PrivateText? Reason)
    : Command<TokenView>(Actor, null);
