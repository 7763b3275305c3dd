using System.Collections.Concurrent;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Journal.Writing;
using Broker.Server.Authentication;

namespace Broker.Server.Api;

/// <summary>
/// Puts alarms about refused certificates into the journal: one per kind and certificate, and at most
/// <see cref="RaisedMax"/> different ones until the next start, so that nobody can fill the journal with them.
/// </summary>
internal sealed class IdentityAlarms(LedgerWriter writer)
{
    public const int RaisedMax = 4096;

    private readonly ConcurrentDictionary<(AlarmKind Kind, CertificateHash Certificate), byte> _raised = new();

    /// <summary>
    /// Takes no cancellation: who is refused could else keep the alarm away by breaking off the request in time.
    /// </summary>
    public async Task RaiseAsync(CallerRefusal refusal)
    {
        if (refusal is not { Alarm: { } kind, Certificate: { NodeName: { } node } certificate }
            || _raised.Count >= RaisedMax || !_raised.TryAdd((kind, certificate.Hash), 0))
        {
            return;
        }

        var told = false;
        try
        {
            // A refusal of the alarm has nobody to be told.
            var alarm = new RaiseAlarm(Actor.Broker, kind, node, certificate.Hash, certificate.Key);
            _ = await writer.SubmitAsync(alarm, CancellationToken.None);
            told = true;
        }
        finally
        {
            if (!told)
            {
                _ = _raised.TryRemove((kind, certificate.Hash), out _);
            }
        }
    }
}
