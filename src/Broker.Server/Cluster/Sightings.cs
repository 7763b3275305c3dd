using Broker.Core.Names;
using Broker.Identity.Certificates;

namespace Broker.Server.Cluster;

/// <summary>
/// The chain-valid certificates that were shown and are not on record: the newest <see cref="SightingsMax"/>, so that
/// an operator can adopt one by its hash, and so that nobody is called unwitnessed too soon.
/// </summary>
internal sealed class Sightings(TimeProvider time)
{
    public const int SightingsMax = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<CertificateHash, Sighting> _byHash = [];
    private readonly Queue<CertificateHash> _order = new();

    /// <summary>Takes note, and answers when it was first seen.</summary>
    public Sighting See(ExaminedCertificate certificate)
    {
        lock (_gate)
        {
            if (_byHash.TryGetValue(certificate.Hash, out var known))
            {
                return known;
            }

            var sighting = new Sighting(certificate, time.GetTimestamp());
            _byHash.Add(certificate.Hash, sighting);
            _order.Enqueue(certificate.Hash);
            if (_order.Count > SightingsMax)
            {
                _ = _byHash.Remove(_order.Dequeue()); // Each queued hash is in the index.
            }

            return sighting;
        }
    }

    public Sighting? Find(CertificateHash hash)
    {
        lock (_gate)
        {
            return _byHash.GetValueOrDefault(hash);
        }
    }
}
