using System.Collections.Concurrent;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Identity.Certificates;

namespace Broker.Identity.Witness;

/// <summary>
/// What operators denied for good. Written by one, read by any number of threads; the core bounds how many.
/// </summary>
internal sealed class DeniedIdentities
{
    private readonly ConcurrentDictionary<CertificateHash, byte> hashes = new();
    private readonly ConcurrentDictionary<KeyHash, byte> keys = new();
    private readonly ConcurrentDictionary<SerialKey, byte> serials = new();

    public void Add(CertificateDenied denied)
    {
        if (denied.Certificate is { } hash)
        {
            hashes[hash] = 0;
        }

        if (denied.Key is { } key)
        {
            keys[key] = 0;
        }

        if (denied is { Issuer: { } issuer, Serial: { } serial })
        {
            serials[new SerialKey(issuer, serial)] = 0;
        }
    }

    public bool Hit(ExaminedCertificate c) =>
        hashes.ContainsKey(c.Hash) || keys.ContainsKey(c.Key)
        || serials.ContainsKey(new SerialKey(c.IssuerKey, c.Serial));
}
