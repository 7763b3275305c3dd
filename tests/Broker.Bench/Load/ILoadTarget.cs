namespace Broker.Bench.Load;

/// <summary>What a load is put on: a number of connections, each with one operation that can be repeated.</summary>
internal interface ILoadTarget
{
    /// <summary>Does the operation once, on one connection, and waits until it is durable.</summary>
    void Do(int connection);
}
