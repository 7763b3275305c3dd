using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Time;

namespace Broker.Core.Tokens;

/// <summary>All tokens. Expired ones make room for new ones once the ledger holds as many as it may.</summary>
internal sealed class TokensState
{
    /// <summary>Most tokens of a ledger.</summary>
    public const int TokensMax = 65_536;

    private readonly Dictionary<TokenId, TokenState> _byId = [];
    private readonly SortedSet<TokenState> _byExpiry = new(Comparer<TokenState>.Create((left, right) =>
    {
        var order = left.Expires.CompareTo(right.Expires);
        return order != 0 ? order : string.CompareOrdinal(left.Id.Value, right.Id.Value);
    }));

    /// <summary>Every token, in no order.</summary>
    public IEnumerable<TokenState> All => _byId.Values;

    public int Count => _byId.Count;

    public TokenState? Find(TokenId id) => _byId.GetValueOrDefault(id);

    /// <summary>Whether one more may be issued in an event recorded at that time.</summary>
    public bool HasRoom(Instant at) => Count < TokensMax || _byExpiry.Min!.Expires < at;

    public void Issue(TokenIssued issued, long position, Instant at)
    {
        while (Count >= TokensMax && _byExpiry.Min is { } oldest && oldest.Expires < at)
        {
            _ = _byExpiry.Remove(oldest); // It is the smallest.
            _ = _byId.Remove(oldest.Id); // The two indexes hold the same tokens.
        }

        var token = new TokenState(issued, position);
        _byId.Add(token.Id, token);
        _ = _byExpiry.Add(token); // A new id is a new place in the order.
    }

    public void Validate(List<string> faults)
    {
        if (_byId.Count != _byExpiry.Count || _byId.Count > TokensMax)
        {
            faults.Add($"The indexes of tokens hold {_byId.Count} and {_byExpiry.Count}.");
        }
    }
}
