using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Time;

namespace Broker.Core;

/// <summary>A decision in the making: what it is decided on, and the facts so far.</summary>
internal sealed class Draft(LedgerState state, Command command, Moment moment)
{
    /// <summary>How far the wall clock may be behind the journal without a word.</summary>
    public const long ClockStepMicroseconds = 1_000_000;

    private readonly List<Fact> _facts = new(2);
    private Dictionary<NodeName, long>? _nodes;

    public LedgerState State { get; } = state;

    /// <summary>Ledger time: for every duration.</summary>
    public LedgerTime Now { get; } = moment.Ledger;

    /// <summary>The wall clock as it is: for the expiry of tokens and certificates.</summary>
    public Instant Wall { get; } = moment.At;

    /// <summary>What the facts are recorded at: the wall clock, or the last fact's time while that is behind.</summary>
    public Instant At { get; } = moment.At > state.LastAt ? moment.At : state.LastAt;

    /// <summary>Number of facts so far.</summary>
    public int Count => _facts.Count;

    /// <summary>Whether <c>clock.stepped</c> comes before the first fact.</summary>
    public bool ClockSteps =>
        !State.ClockStepped && State.LastAt.UnixMicroseconds - Wall.UnixMicroseconds > ClockStepMicroseconds;

    /// <summary>Adds a fact and gives its position.</summary>
    public long Add(LedgerEvent what, long? prev, RequestId? request = null)
    {
        if (_facts.Count == 0 && ClockSteps)
        {
            var behind = new ClockStepped(State.LastAt.UnixMicroseconds - Wall.UnixMicroseconds);
            _facts.Add(new Fact(At, null, State.LastPosition, Actor.Broker, null, behind));
        }

        _facts.Add(new Fact(At, null, prev, command.Actor, request, what));
        return State.Size + _facts.Count - 1;
    }

    /// <summary>Adds a fact about a node, of which one decision may make several.</summary>
    public long AddOnNode(LedgerEvent what, NodeName node)
    {
        _nodes ??= [];
        var prev = _nodes.TryGetValue(node, out var pending) ? pending : State.Nodes.LastPosition(node);
        return _nodes[node] = Add(what, prev);
    }

    public Decision Answer(object answer) => new(_facts, answer, null);

    public static Decision Refuse(Refusal refusal) => new([], null, refusal);

    public static Decision Refuse(RefusalCode code, string detail) => Refuse(new Refusal(code, detail));
}
