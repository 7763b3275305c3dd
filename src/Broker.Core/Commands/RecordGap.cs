using Broker.Core.Journal;
using Broker.Core.Time;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>Record that nobody watched the cluster's CSRs; <c>Since</c> null: ever before.</summary>
public sealed record RecordGap(Instant? Since, Instant Until) : Command<LedgerView>(Actor.Broker, null);
