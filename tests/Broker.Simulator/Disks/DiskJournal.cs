using System.Collections.Immutable;
using Broker.Journal.Store;

namespace Broker.Simulator.Disks;

/// <summary>A journal on a disk, or a copy of one.</summary>
internal sealed record DiskJournal(byte[]? Head, ImmutableList<JournalBatch> Batches);
