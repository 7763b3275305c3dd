using Broker.Cni.Errors;
using Broker.Contracts.Problems;

namespace Broker.Cni.Brokers;

/// <summary>An answer, a problem that the broker names, or none of both; never two of them.</summary>
internal sealed class Reply<T>
    where T : class
{
    private Reply(T? answer, Problem? problem, CniError? error, bool isPassing) =>
        (Answer, Problem, Error, IsPassing) = (answer, problem, error, isPassing);

    public T? Answer { get; }

    /// <summary>What the broker refuses with; null when it answered, or nobody did.</summary>
    public Problem? Problem { get; }

    /// <summary>What to tell the runtime; null for an answer.</summary>
    public CniError? Error { get; }

    /// <summary>Whether the same request may be answered in a moment.</summary>
    public bool IsPassing { get; }

    public static Reply<T> Of(T answer) => new(answer, null, null, false);

    public static Reply<T> Refused(Problem problem) =>
        new(null, problem, ProblemErrors.Of(problem), ProblemErrors.IsPassing(problem));

    public static Reply<T> None(CniError error, bool isPassing) => new(null, null, error, isPassing);
}
