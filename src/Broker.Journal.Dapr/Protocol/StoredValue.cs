namespace Broker.Journal.Dapr.Protocol;

/// <summary>Bytes under a key, equal when every byte is.</summary>
internal sealed class StoredValue(ReadOnlyMemory<byte> bytes) : IEquatable<StoredValue>
{
    public ReadOnlyMemory<byte> Bytes => bytes;

    public bool Equals(StoredValue? other) => other is not null && bytes.Span.SequenceEqual(other.Bytes.Span);

    public override bool Equals(object? obj) => Equals(obj as StoredValue);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes.Span);
        return hash.ToHashCode();
    }

    public override string ToString() => System.Text.Encoding.ASCII.GetString(bytes.Span);
}
