using Broker.Core;
using Broker.Core.Commands;
using Broker.Core.Refusals;
using Broker.Core.Time;

namespace Broker.Journal.Writing;

/// <summary>A command that is decided and then let go: what would be answered, and nothing of it happens.</summary>
internal sealed class TrialWork<T>(Command<T> command, TaskCreationOptions waking) : Work<Outcome<T>>(waking)
    where T : class
{
    public override string What => "Try" + command.GetType().Name;

    public override void Refuse(Refusal refusal) => throw new InvalidOperationException("A trial appends nothing.");

    protected override Decision? Learn(Ledger ledger, Moment now)
    {
        Result = CommandWork<T>.OutcomeOf(ledger.Decide(command, now), command);
        return null;
    }
}
