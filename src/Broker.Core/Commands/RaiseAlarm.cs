using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// Raise an alarm; one of the same kind, node, certificate and key is answered again without an event.
/// </summary>
public sealed record RaiseAlarm(
    Actor Actor, AlarmKind Kind, NodeName Node, CertificateHash? Certificate, KeyHash? Key)
    : Command<LedgerView>(Actor, null);
