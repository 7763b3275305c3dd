using Broker.Core.Journal;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>Begin to write with an epoch that the head was already swapped to.</summary>
public sealed record LeadLedger(long Epoch, string Writer) : Command<LedgerView>(Actor.Broker, null);
