using Broker.Core.Journal;
using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// A Node object is there: bind its name to its UID. Another UID than before fences the name until a certificate that
/// was asked for after the Node's creation is on record and nothing is held under the old UID.
/// </summary>
public sealed record BindNode(ObservedNode NodeObject) : Command<LedgerView>(Actor.Broker, null);
