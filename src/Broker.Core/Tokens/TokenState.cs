using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Time;
using Broker.Core.Views;

namespace Broker.Core.Tokens;

/// <summary>A bootstrap token.</summary>
internal sealed class TokenState(TokenIssued issued, long position)
{
    public TokenId Id { get; } = issued.Token;

    public Instant Expires { get; } = issued.Expires;

    /// <summary>The named nodes; none for a token of one use.</summary>
    public IReadOnlyList<NodeName> Nodes { get; } = issued.Nodes;

    public bool IsForOneUse => Nodes.Count == 0;

    public bool Revoked { get; set; }

    /// <summary>The node that a token of one use was used for.</summary>
    public NodeName? UsedBy { get; set; }

    /// <summary>The position of its <c>token.issued</c>.</summary>
    public long Position { get; } = position;

    /// <summary>The position of the newest event on it.</summary>
    public long LastPosition { get; set; } = position;

    private string SecretHash { get; } = issued.SecretHash;

    public TokenView View() => new(Id, SecretHash, Nodes, Expires, Revoked, UsedBy, Position);

    public bool Covers(NodeName node)
    {
        foreach (var name in Nodes)
        {
            if (name == node)
            {
                return true;
            }
        }

        return IsForOneUse;
    }

    /// <summary>Whether it was issued with exactly this content.</summary>
    public bool WasIssuedAs(string secretHash, IReadOnlyList<NodeName> nodes, Instant expires) =>
        SecretHash == secretHash && Expires == expires && nodes.SequenceEqual(Nodes);
}
