using System.Globalization;

namespace Broker.Journal.Dapr.Wire;

/// <summary>
/// The keys of a ledger. All have the same hash tag, so that a Redis Cluster keeps them in one slot; no slash, which
/// Cosmos DB refuses, and no <c>||</c>, which Dapr does. Nothing can be listed: each follows from the head.
/// </summary>
internal sealed class DaprKeys(string name)
{
    private readonly string _tag = $"{{{name}}}.";

    public string Head => _tag + "head";

    public string Snapshots => _tag + "snapshots";

    public string Import => _tag + "import";

    public string Batch(long number) => string.Create(CultureInfo.InvariantCulture, $"{_tag}b.{number}");

    public string Blob(string hash) => $"{_tag}x.{hash}";

    public string Private(string commitment) => $"{_tag}p.{commitment}";

    public string SnapshotPart(string hash, int part) =>
        string.Create(CultureInfo.InvariantCulture, $"{_tag}s.{hash}.{part}");

    public string Relay(string topic) => $"{_tag}relay.{topic}";
}
