using System.Security.Cryptography;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Time;
using Broker.Journal.Events;
using Broker.Journal.Tree;

namespace Broker.Journal.Store;

/// <summary>Makes a ledger: writes <c>ledger.created</c> as position 0.</summary>
public static class LedgerGenesis
{
    /// <summary>Creates the ledger in an empty store. Epoch 0; the first writer starts epoch 1.</summary>
    /// <exception cref="ArgumentException">The origin is not well-formed.</exception>
    /// <exception cref="JournalStoreException"><c>journal_exists</c>: there is a ledger already.</exception>
    public static async Task<JournalHead> CreateAsync(
        IJournalStore store, string origin, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!IsOrigin(origin))
        {
            throw new ArgumentException(
                "An origin is a URL without a scheme, such as 'ipam.example.org/prod': 1 to 255 letters, digits and "
                + "'. - _ ~ : /', beginning with a letter or digit.",
                nameof(origin));
        }

        var fact = new Fact(Instant.From(time.GetUtcNow()), null, null, Actor.Broker, null, new LedgerCreated(origin));
        var genesis = JournalBatch.Of(0, 0, [EventCodec.Encode(fact)], []);
        var range = new CompactRange();
        range.Append(genesis.Leaves[0]);
        var head = new JournalHead(origin, 0, NewWriter(), 0, 0, 1, [.. range.Nodes], range.Root(), null);
        await store.CreateAsync(head, genesis, cancellationToken).ConfigureAwait(false);
        return head;
    }

    /// <summary>
    /// Whether the text can name a log. Source: C2SP tlog-checkpoint, "origin": a schema-less URL; C2SP signed-note:
    /// neither spaces nor plus signs.
    /// </summary>
    public static bool IsOrigin(string? text)
    {
        if (text is null || text.Length is 0 or > JournalLimits.OriginCharsMax || !char.IsAsciiLetterOrDigit(text[0])
            || text.Contains("://", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_' or '~' or ':' or '/'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A random number for a writer, 32 lower-case hexadecimal digits.</summary>
    internal static string NewWriter() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
