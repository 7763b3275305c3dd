using Broker.Core.Journal;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>Write nothing more here: the ledger goes on in the journal whose head has this writer.</summary>
public sealed record SealLedger(string To) : Command<LedgerView>(Actor.Broker, null);
