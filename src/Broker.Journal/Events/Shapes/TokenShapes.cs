using System.Text.Json;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Journal.Events.Shapes;

/// <summary>The <c>token.*</c> events.</summary>
internal static class TokenShapes
{
    public static IReadOnlyList<EventShape> All { get; } =
    [
        EventShape.WithReason<TokenIssued>("token.issued", WriteIssued, ReadIssued, e => e.Reason),
        EventShape.WithReason<TokenRevoked>(
            "token.revoked",
            (json, e) => json.WriteString("token", e.Token.Value),
            (json, reason) => new TokenRevoked(Token(json), reason),
            e => e.Reason),
    ];

    private static void WriteIssued(Utf8JsonWriter json, TokenIssued e)
    {
        json.WriteString("token", e.Token.Value);
        json.WriteString("secretHash", e.SecretHash);
        json.Texts("nodes", e.Nodes);
        json.WriteString("expires", e.Expires.ToString());
    }

    private static TokenIssued ReadIssued(JsonElement json, PrivateText? reason) => new(
        Token(json),
        json.Text("secretHash"),
        [.. json.GetProperty("nodes").EnumerateArray().Select(n => NodeName.Parse(n.GetString()!))],
        json.Time("expires"),
        reason);

    private static TokenId Token(JsonElement json) => TokenId.Parse(json.Text("token"));
}
