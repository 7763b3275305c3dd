using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Journal.Writing;
using Broker.Server.Authentication;

namespace Broker.Server.Api;

/// <summary>
/// Counts refusals of authenticated nodes and writes them to the journal once a minute: one event per reason,
/// certificate and minute, and at most <see cref="KeysMax"/> of them, so that a hostile node cannot fill the journal.
/// </summary>
internal sealed class RefusalCounter
{
    /// <summary>
    /// Different reason-certificate pairs that one minute remembers; further ones share no event.
    /// </summary>
    public const int KeysMax = 512;

    // So many fit one batch, also with the longest node names.
    private const int CountsPerCommand = 128;

    private readonly Lock _gate = new();
    private Dictionary<(RefusalCode Code, CertificateHash Certificate), (NodeName Node, long Count)> _counts = [];

    public void Count(RefusalCode code, CertificateHash certificate, NodeName node)
    {
        lock (_gate)
        {
            var key = (code, certificate);
            if (_counts.TryGetValue(key, out var known))
            {
                _counts[key] = (known.Node, known.Count + 1);
            }
            else if (_counts.Count < KeysMax)
            {
                _counts.Add(key, (node, 1));
            }
        }
    }

    /// <summary>
    /// Counts a refusal at the door, if the certificate is one that stands on record: what nobody vouches for is a
    /// metric, never an event.
    /// </summary>
    public void CountKnown(CallerRefusal refusal)
    {
        if (refusal.Certificate is { NodeName: { } node } certificate
            && RefusalCodes.Find(refusal.Code) is { } code && code != RefusalCode.Unwitnessed)
        {
            Count(code, certificate.Hash, node);
        }
    }

    /// <summary>Writes what was counted since the last time.</summary>
    public async Task FlushAsync(LedgerWriter writer, CancellationToken cancellation)
    {
        IReadOnlyList<RefusalCounted> events;
        lock (_gate)
        {
            events =
            [
                .. _counts
                    .OrderBy(pair => pair.Key.Code).ThenBy(pair => pair.Key.Certificate.Value, StringComparer.Ordinal)
                    .Select(pair => new RefusalCounted(
                        pair.Key.Code, pair.Key.Certificate, pair.Value.Node, pair.Value.Count)),
            ];
            _counts = [];
        }

        foreach (var some in events.Chunk(CountsPerCommand))
        {
            // Counting is bookkeeping: a refusal of it has no one to be told.
            _ = await writer.SubmitAsync(new CountRefusals(some), cancellation);
        }
    }
}
