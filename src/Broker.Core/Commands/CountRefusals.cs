using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>Record how often authenticated callers were refused. Sent by a timer, bounded by the sender.</summary>
public sealed record CountRefusals(IReadOnlyList<RefusalCounted> Counts) : Command<LedgerView>(Actor.Broker, null);
