using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Refusals;

namespace Broker.Core.Tokens;

/// <summary>Decides on bootstrap tokens.</summary>
internal static class TokenRules
{
    /// <summary>Longest text of all node names together, so that the event stays under 4 KiB.</summary>
    public const int NodeCharsMax = 3_072;

    public static Decision Issue(Draft draft, IssueToken command)
    {
        if (CheckShape(command) is { } refused)
        {
            return Draft.Refuse(refused);
        }

        if (draft.State.Tokens.Find(command.Token) is { } known)
        {
            return known.WasIssuedAs(command.SecretHash, command.Nodes, command.Expires)
                ? draft.Answer(known.View())
                : Draft.Refuse(RefusalCode.Exists, $"Token {command.Token} was issued otherwise.");
        }

        if (command.Expires <= draft.Wall)
        {
            return Draft.Refuse(RefusalCode.InvalidField, "expires: it has passed.");
        }

        if (!draft.State.Tokens.HasRoom(draft.At))
        {
            return Draft.Refuse(RefusalCode.LedgerLimit, $"A ledger has at most {TokensState.TokensMax} tokens.");
        }

        var issued = new TokenIssued(command.Token, command.SecretHash, command.Nodes, command.Expires, command.Reason);
        return draft.Answer(new TokenState(issued, draft.Add(issued, null)).View());
    }

    public static Decision Revoke(Draft draft, RevokeToken command)
    {
        if (draft.State.Tokens.Find(command.Token) is not { } token)
        {
            return Draft.Refuse(RefusalCode.TokenUnknown, $"There is no token {command.Token}.");
        }

        if (!token.Revoked)
        {
            var revoked = new TokenRevoked(token.Id, command.Reason);
            _ = draft.Add(revoked, token.LastPosition); // The view names the position of the issue.
        }

        return draft.Answer(token.View() with { Revoked = true });
    }

    /// <summary>Whether a token lets a node name in now; null when it does.</summary>
    public static Refusal? Check(Draft draft, TokenId id, NodeName node) => draft.State.Tokens.Find(id) switch
    {
        null => new Refusal(RefusalCode.TokenInvalid, $"There is no token {id}."),
        { } token when token.Expires <= draft.Wall =>
            new Refusal(RefusalCode.TokenExpired, $"Token {id} expired at {token.Expires}."),
        { UsedBy: { } user } => new Refusal(RefusalCode.TokenUsed, $"Token {id} was used for node {user}."),
        { Revoked: true } => new Refusal(RefusalCode.TokenRevoked, $"Token {id} was revoked."),
        { } token when !token.Covers(node) =>
            new Refusal(RefusalCode.TokenNodeMismatch, $"Token {id} does not name node {node}."),
        _ => null,
    };

    private static Refusal? CheckShape(IssueToken command)
    {
        if (command.Token.Value is null)
        {
            return Invalid("token: missing.");
        }

        if (!NameRules.IsLowerHex(command.SecretHash, 64))
        {
            return Invalid("secretHash: 64 lower-case hexadecimal digits.");
        }

        var chars = 0;
        var seen = new HashSet<NodeName>();
        foreach (var node in command.Nodes)
        {
            chars += (node.Value?.Length ?? 0) + 3;
            if (node.Value is null || !seen.Add(node) || chars > NodeCharsMax)
            {
                return Invalid($"nodes: different names, together at most {NodeCharsMax} characters.");
            }
        }

        return null;
    }

    private static Refusal Invalid(string detail) => new(RefusalCode.InvalidField, detail);
}
