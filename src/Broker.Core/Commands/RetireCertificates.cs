using Broker.Core.Journal;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>Retire what was superseded longer than the grace ago, or has expired. Sent by a timer.</summary>
public sealed record RetireCertificates() : Command<LedgerView>(Actor.Broker, null);
