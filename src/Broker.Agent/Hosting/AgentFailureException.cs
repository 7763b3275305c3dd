namespace Broker.Agent.Hosting;

/// <summary>The agent cannot go on: a stable code, what is wrong and what to do.</summary>
internal sealed class AgentFailureException(string code, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public string Code { get; } = code;

    /// <summary>Whether the same may succeed a little later, without anybody doing anything.</summary>
    public bool IsPassing { get; init; }
}
