namespace Broker.Journal.Store;

/// <summary>
/// What is private in one event: kept beside the journal in a table from which it can be erased. The salt is
/// lower-case hexadecimal.
/// </summary>
public sealed record PrivateRow(long Position, string Commitment, string Salt, string Value)
{
    /// <summary>What it counts for in a batch.</summary>
    public int Bytes => Commitment.Length + Salt.Length + System.Text.Encoding.UTF8.GetByteCount(Value);

    /// <summary>Never shows value or salt.</summary>
    public override string ToString() => $"private:{Commitment} at {Position}";
}
