using Broker.Contracts.Ledgers;
using Broker.Contracts.Tokens;
using Broker.Server.Api.OpenApi;

namespace Broker.Server.Api.Tokens;

/// <summary>What the description of the surface says of bootstrap tokens.</summary>
internal static class TokenDocs
{
    public static EndpointAbout List { get; } = new("listTokens", "Lists the bootstrap tokens, without their secrets.")
    {
        Gives = typeof(TokenList),
    };

    public static EndpointAbout Issue { get; } = new(
        "issueToken", "Issues a bootstrap token, for one use or for named nodes; its secret is shown this once.")
    {
        Takes = typeof(TokenRequest),
        BodyOptional = true,
        Query = [DryRun.Described],
        Gives = typeof(TokenIssuedResponse),
        Problems = ["exists", "ledger_limit"],
    };

    public static EndpointAbout Revoke { get; } = new("revokeToken", "Revokes a bootstrap token.")
    {
        Takes = typeof(ChangeRequest),
        BodyOptional = true,
        Query = [DryRun.Described],
        Gives = typeof(TokenInfo),
        Problems = ["token_unknown"],
    };
}
