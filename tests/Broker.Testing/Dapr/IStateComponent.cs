namespace Broker.Testing.Dapr;

/// <summary>A state store component over a real server. Failures are <see cref="StateStoreException"/>s.</summary>
public interface IStateComponent : IAsyncDisposable
{
    Task<StateEntry?> GetAsync(string key);

    /// <summary>One write by itself.</summary>
    Task SetAsync(StateSet set);

    /// <summary>The writes of one transaction, as far as the server has any.</summary>
    Task TransactAsync(IReadOnlyList<StateSet> sets, bool isDoubled);
}
