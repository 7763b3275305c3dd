using Broker.Contracts.Problems;

namespace Broker.Client;

/// <summary>What the broker said: an answer or a problem, never both.</summary>
/// <typeparam name="T">The answer.</typeparam>
public readonly record struct ApiResult<T>
    where T : class
{
    private ApiResult(T? answer, Problem? problem) => (Answer, Problem) = (answer, problem);

    /// <summary>The answer, or null when there is a problem.</summary>
    public T? Answer { get; }

    /// <summary>The problem, or null when there is an answer.</summary>
    public Problem? Problem { get; }

    public static ApiResult<T> Of(T answer) => new(answer, null);

    public static ApiResult<T> Failed(Problem problem) => new(null, problem);

    /// <summary>The answer, for callers that can do nothing about a problem.</summary>
    /// <exception cref="BrokerProblemException">There is a problem.</exception>
    public T OrThrow() => Answer ?? throw new BrokerProblemException(Problem!);
}
