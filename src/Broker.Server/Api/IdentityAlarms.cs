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

    public async Task RaiseAsync(CallerRefusal refusal, CancellationToken cancellation)
    {
        if (refusal is not { Alarm: { } kind, Certificate: { NodeName: { } node } certificate }
            || _raised.Count >= RaisedMax || !_raised.TryAdd((kind, certificate.Hash), 0))
        {
            return;
        }

        // An alarm that is refused stands in the journal already: the refusal has nobody to be told.
        _ = await writer.SubmitAsync(new RaiseAlarm(Actor.Broker, kind, node, certificate.Hash), cancellation);
    }
}
