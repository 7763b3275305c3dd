namespace Broker.Bench.Dapr;

/// <summary>Batches that became durable, and the bytes of their values in base64.</summary>
internal readonly record struct BatchCount(long Batches, long Bytes)
{
    public static BatchCount operator -(BatchCount one, BatchCount other) =>
        new(one.Batches - other.Batches, one.Bytes - other.Bytes);
}
