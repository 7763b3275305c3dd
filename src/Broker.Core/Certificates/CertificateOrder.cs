namespace Broker.Core.Certificates;

/// <summary>The order in which certificates expire, then of their hashes.</summary>
internal static class CertificateOrder
{
    public static IComparer<CertificateState> ByExpiry { get; } = Comparer<CertificateState>.Create((left, right) =>
    {
        var order = left.NotAfter.CompareTo(right.NotAfter);
        return order != 0 ? order : string.CompareOrdinal(left.Hash.Value, right.Hash.Value);
    });
}
