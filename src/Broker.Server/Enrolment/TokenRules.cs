using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Time;
using Broker.Core.Views;

namespace Broker.Server.Enrolment;

/// <summary>
/// What a token must be before its request may even wait for an operator; the same rules decide again in the core.
/// </summary>
internal static class TokenRules
{
    /// <summary>Whether the token is one of ours and good now.</summary>
    public static Refusal? CheckToken(TokenView? token, BootstrapToken shown, Instant now)
    {
        if (token is null || !shown.Matches(token.SecretHash))
        {
            return new Refusal(RefusalCode.TokenInvalid, $"token: '{shown.Id}' with this secret is not known.");
        }

        if (token.Revoked)
        {
            return new Refusal(RefusalCode.TokenRevoked, $"token: '{shown.Id}' was revoked.");
        }

        return now >= token.Expires
            ? new Refusal(RefusalCode.TokenExpired, $"token: '{shown.Id}' expired at {token.Expires}.")
            : null;
    }

    /// <summary>Whether a good token is good for this node.</summary>
    public static Refusal? CheckNode(TokenView token, NodeName node)
    {
        if (token.Nodes.Count > 0 && !token.Nodes.Contains(node))
        {
            return new Refusal(RefusalCode.TokenNodeMismatch, $"token: '{token.Token}' does not name '{node}'.");
        }

        return token.Nodes.Count == 0 && token.UsedBy is { } user && user != node
            ? new Refusal(RefusalCode.TokenUsed, $"token: '{token.Token}' was used for '{user}'.")
            : null;
    }
}
