using System.Globalization;

namespace Broker.Tests.Journal.Dapr.Exploring;

/// <summary>One write of a call: of the head with an ETag, or of a key whatever is there.</summary>
/// <param name="Key">The number of the key; null for the head.</param>
/// <param name="Value">The value.</param>
/// <param name="ETag">What the head's ETag must be.</param>
internal sealed record StoreWrite(int? Key, string Value, int ETag)
{
    public override string ToString() => Key is { } key
        ? string.Create(CultureInfo.InvariantCulture, $"{key}={Value}")
        : string.Create(CultureInfo.InvariantCulture, $"head={Value} if {ETag}");
}
