using Broker.Core;
using Broker.Core.Refusals;
using Broker.Core.Time;

namespace Broker.Journal.Writing;

/// <summary>
/// Something that waits for the writer. It is begun once, unless its caller left first; what it learned is told only
/// when all that it saw is durable.
/// </summary>
internal abstract class Work
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Left = 2;

    private int _state;

    /// <summary>Where it stands in the queue, so that it can leave it at once.</summary>
    public LinkedListNode<Work>? Place { get; set; }

    /// <summary>When it passed which point; complete once it is told.</summary>
    public WorkTimes Times { get; set; }

    /// <summary>Whether it is a grant: turned away first when too much waits.</summary>
    public virtual bool IsGrant => false;

    /// <summary>What it is, for those who measure.</summary>
    public abstract string What { get; }

    /// <summary>Claims the work for the writer; false when its caller left.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;

    /// <summary>Claims the work for its caller, who does not want it any more; false when it was begun.</summary>
    public bool TryLeave() => Interlocked.CompareExchange(ref _state, Left, Waiting) == Waiting;

    /// <summary>Decides or reads; gives a decision only if there are facts to append. Never throws.</summary>
    public abstract Decision? Run(Ledger ledger, Moment now);

    /// <summary>The facts cannot be appended, for the reason given: the command is refused instead.</summary>
    public abstract void Refuse(Refusal refusal);

    /// <summary>The facts cannot be encoded, a bug: the caller alone gets it, and nothing is applied.</summary>
    public abstract void Break(Exception error);

    /// <summary>Tells the caller what was learned.</summary>
    public abstract void Answer();

    /// <summary>Tells the caller that nothing more will be known. No effect on what was told before.</summary>
    public abstract void Fail(Exception error);
}
