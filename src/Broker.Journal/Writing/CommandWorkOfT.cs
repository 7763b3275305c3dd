using Broker.Core;
using Broker.Core.Commands;
using Broker.Core.Refusals;
using Broker.Core.Time;

namespace Broker.Journal.Writing;

/// <summary>A command that waits to be decided.</summary>
internal sealed class CommandWork<T>(Command<T> command, TaskCreationOptions waking) : Work<Outcome<T>>(waking)
    where T : class
{
    public override string What => command.GetType().Name;

    public override bool IsGrant => command is GrantBlocks or GrantLease;

    public override void Refuse(Refusal refusal) => Result = Outcome<T>.Refused(refusal);

    /// <summary>What a decision says to the caller.</summary>
    public static Outcome<T> OutcomeOf(Decision decision, Command<T> command) => decision.Refusal is { } refusal
        ? Outcome<T>.Refused(refusal)
        : Outcome<T>.Of((T)(decision.Answer ?? throw new InvalidOperationException($"No answer to {command}.")));

    protected override Decision? Learn(Ledger ledger, Moment now)
    {
        var decision = ledger.Decide(command, now);
        Result = OutcomeOf(decision, command);
        return decision.Facts.Count > 0 ? decision : null;
    }
}
