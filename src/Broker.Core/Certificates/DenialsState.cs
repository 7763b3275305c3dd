using Broker.Core.Events;
using Broker.Core.Names;

namespace Broker.Core.Certificates;

/// <summary>What was denied, for good: hashes, keys, and serial numbers of issuers.</summary>
internal sealed class DenialsState
{
    /// <summary>Most denials that a ledger takes.</summary>
    public const int DenialsMax = 16_384;

    private readonly HashSet<CertificateHash> _hashes = [];
    private readonly HashSet<KeyHash> _keys = [];
    private readonly HashSet<(KeyHash Issuer, string Serial)> _serials = [];

    public int Count => _hashes.Count + _keys.Count + _serials.Count;

    public void Add(CertificateDenied denied)
    {
        if (denied.Certificate is { } hash)
        {
            _ = _hashes.Add(hash); // Denied twice is denied.
        }

        if (denied.Key is { } key)
        {
            _ = _keys.Add(key); // Denied twice is denied.
        }

        if (denied is { Issuer: { } issuer, Serial: { } serial })
        {
            _ = _serials.Add((issuer, serial)); // Denied twice is denied.
        }
    }

    public bool Hits(CertificateHash hash, KeyHash key, KeyHash issuer, string serial) =>
        _hashes.Contains(hash) || _keys.Contains(key) || _serials.Contains((issuer, serial));

    /// <summary>Whether the same was denied before.</summary>
    public bool Has(CertificateDenied denied) =>
        (denied.Certificate is { } hash && _hashes.Contains(hash))
        || (denied.Key is { } key && _keys.Contains(key))
        || (denied is { Issuer: { } issuer, Serial: { } serial } && _serials.Contains((issuer, serial)));
}
