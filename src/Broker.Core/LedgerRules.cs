using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Refusals;

namespace Broker.Core;

/// <summary>Decides what concerns the ledger as a whole, and what is only recorded.</summary>
internal static class LedgerRules
{
    /// <summary>Most counts of one command, so that its events fit one batch.</summary>
    public const int CountsMax = 128;

    public static Decision Lead(Draft draft, LeadLedger command)
    {
        var state = draft.State;
        if (command.Epoch < 1 || !NameRules.IsToken(command.Writer, 64))
        {
            return Draft.Refuse(RefusalCode.InvalidField, "epoch, writer: a positive number, and 1 to 64 characters.");
        }

        if (command.Epoch == state.Epoch && command.Writer == state.Writer)
        {
            return draft.Answer(state.View());
        }

        if (command.Epoch <= state.Epoch)
        {
            return Draft.Refuse(RefusalCode.Conflict, $"Epoch {state.Epoch} was led already.");
        }

        var prev = draft.ClockSteps ? state.Size : state.LastPosition;
        _ = draft.Add(new LedgerLed(command.Epoch, command.Writer), prev); // The answer names the size.
        return draft.Answer(state.View() with { Epoch = command.Epoch, Size = state.Size + draft.Count });
    }

    public static Decision Seal(Draft draft, SealLedger command)
    {
        if (!NameRules.IsToken(command.To, 64))
        {
            return Draft.Refuse(RefusalCode.InvalidField, "to: 1 to 64 characters.");
        }

        var state = draft.State;
        _ = draft.Add(new LedgerSealed(command.To), draft.ClockSteps ? state.Size : state.LastPosition); // As above.
        return draft.Answer(state.View() with { Size = state.Size + draft.Count });
    }

    public static Decision Raise(Draft draft, RaiseAlarm command)
    {
        if (!Enum.IsDefined(command.Kind) || command.Node.Value is null)
        {
            return Draft.Refuse(RefusalCode.InvalidField, "kind, node: both are needed.");
        }

        var alarm = new AlarmRaised(command.Kind, command.Node, command.Certificate, command.Key);
        if (!draft.State.Alarms.WasRaised(alarm))
        {
            _ = draft.AddOnNode(alarm, alarm.Node); // The answer names the size.
        }

        return Recorded(draft);
    }

    public static Decision Count(Draft draft, CountRefusals command)
    {
        if (command.Counts.Count > CountsMax)
        {
            return Draft.Refuse(RefusalCode.InvalidField, $"counts: at most {CountsMax}.");
        }

        foreach (var count in command.Counts)
        {
            if (count.Count < 1 || count.Node.Value is null || count.Certificate.Value is null)
            {
                return Draft.Refuse(RefusalCode.InvalidField, "counts: a node, a certificate and a positive number.");
            }
        }

        foreach (var count in command.Counts)
        {
            _ = draft.AddOnNode(count, count.Node); // The answer names the size.
        }

        return Recorded(draft);
    }

    public static Decision Gap(Draft draft, RecordGap command)
    {
        if (command.Since is { } since && since > command.Until)
        {
            return Draft.Refuse(RefusalCode.InvalidField, "since: after until.");
        }

        var prev = draft.ClockSteps ? draft.State.Size : draft.State.LastPosition;
        _ = draft.Add(new EvidenceGap(command.Since, command.Until), prev); // The answer names the size.
        return Recorded(draft);
    }

    private static Decision Recorded(Draft draft) =>
        draft.Answer(draft.State.View() with { Size = draft.State.Size + draft.Count });
}
