using Broker.Contracts.Problems;

namespace Broker.Client;

/// <summary>The broker answered with a problem that the caller did not expect.</summary>
public sealed class BrokerProblemException(Problem problem)
    : Exception($"{problem.Code}: {problem.Title} {problem.Detail} {problem.Next}")
{
    /// <summary>What the broker said.</summary>
    public Problem Problem { get; } = problem;
}
