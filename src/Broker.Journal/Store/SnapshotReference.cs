using Broker.Core.Names;

namespace Broker.Journal.Store;

/// <summary>A snapshot: the number of events that it covers, and SHA-256 over its bytes.</summary>
public sealed record SnapshotReference(long Position, BlobHash Hash);
