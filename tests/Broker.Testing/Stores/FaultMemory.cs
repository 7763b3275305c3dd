using Broker.Journal.Store;

namespace Broker.Testing.Stores;

/// <summary>What a <see cref="FaultStore"/> has made durable: it outlives the store, as a disk does.</summary>
public sealed class FaultMemory
{
    internal Lock Gate { get; } = new();

    internal byte[]? Head { get; set; }

    internal List<JournalBatch> Batches { get; } = [];

    internal Dictionary<string, byte[]> Blobs { get; } = [];

    internal Dictionary<long, (string Hash, byte[] Bytes)> Snapshots { get; } = [];
}
