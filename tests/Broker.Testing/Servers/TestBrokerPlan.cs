namespace Broker.Testing.Servers;

/// <summary>How a test wants its broker.</summary>
public sealed record TestBrokerPlan
{
    /// <summary>Over the settings that <c>init</c> writes, such as <c>limits:streamHeartbeatSeconds</c>.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Called with the data folder once it is made, before the first start.</summary>
    public Action<string> Prepare { get; init; } = _ => { };

    /// <summary>
    /// The broker's clock. A fake one starts now, because clients check the server's certificate by the real one.
    /// </summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
