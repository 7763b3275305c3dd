using System.Text;
using Broker.Contracts.Addresses;
using Broker.Core.Addresses;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Core.Time;
using Broker.Core.Views;
using Broker.Journal.Reading;

namespace Broker.Server.History;

/// <summary>One pass over the journal for one address and one time.</summary>
internal sealed class AddressScan(IpAddress address, Instant at) : IJournalScan
{
    private readonly byte[] _subject = Encoding.UTF8.GetBytes($"\"subject\":\"ip/{address}\"");
    private readonly Dictionary<long, BlockGranted> _blocks = [];
    private readonly Dictionary<CertificateHash, CsrName> _certificates = [];
    private readonly Dictionary<CertificateHash, Assurance> _assurances = [];
    private readonly Dictionary<CsrName, CsrObserved> _observed = [];
    private readonly Dictionary<CsrName, PlacedFact> _approved = [];
    private PoolSpec? _pool;
    private long? _liveBlock;
    private PlacedFact? _granted;
    private PlacedFact? _released;

    /// <summary>The pool that the address lay in at the time.</summary>
    public PoolName? Pool => _pool?.Name;

    /// <summary>The block that the address lay in at the time.</summary>
    public Cidr? Block => _liveBlock is { } position ? _blocks[position].Block : null;

    /// <summary>Whether the newest lease up to the time was live at it.</summary>
    public bool IsHeld => _granted is not null && !(_released is { } end && end.TrueFrom <= at);

    /// <summary>The newest lease up to the time; null when there was none.</summary>
    public Holding? Newest
    {
        get
        {
            if (_granted?.Fact is not { Event: LeaseGranted lease } fact)
            {
                return null;
            }

            var asking = fact.Actor.Certificate!.Value;
            CsrName? csr = _certificates.TryGetValue(asking, out var name) ? name : null;
            return new Holding(
                _granted,
                _released,
                _blocks.TryGetValue(lease.Generation.Position, out var block) ? block.Block.ToString() : string.Empty,
                _assurances.TryGetValue(asking, out var assurance) ? assurance : null,
                csr?.Value,
                csr is { } asked ? _observed.GetValueOrDefault(asked)?.Requester : null,
                csr is { } decided ? _approved.GetValueOrDefault(decided) : null);
        }
    }

    /// <summary>What kept the address back at the time.</summary>
    public ReservationView? Reservation { get; private set; }

    /// <summary>One of <see cref="AddressStatus"/>.</summary>
    public string Status
    {
        get
        {
            if (IsHeld)
            {
                return AddressStatus.Held;
            }

            if (_pool is null)
            {
                return AddressStatus.Outside;
            }

            return PoolPlaces.Of(_pool, address) switch
            {
                _ when Reservation is not null => AddressStatus.Reserved,
                PoolPlace.Excluded => AddressStatus.Excluded,
                PoolPlace.KeptBack => AddressStatus.KeptBack,
                _ => _liveBlock is null ? AddressStatus.NoBlock : AddressStatus.Free,
            };
        }
    }

    /// <inheritdoc/>
    public bool MayMatter(JournalLine line)
    {
        var bytes = line.Line.Span;
        return bytes.IndexOf(_subject) >= 0
            || bytes.IndexOf("\"type\":\"c"u8) >= 0
            || bytes.IndexOf("\"type\":\"block."u8) >= 0
            || bytes.IndexOf("\"type\":\"pool."u8) >= 0
            || bytes.IndexOf("\"type\":\"reservation."u8) >= 0;
    }

    /// <inheritdoc/>
    public void Take(PlacedFact placed)
    {
        var (position, fact) = placed;
        switch (fact.Event)
        {
            case CsrObserved observed:
                _observed[observed.Csr] = observed;
                break;
            case CsrApproved approved:
                _approved[approved.Csr] = placed;
                break;
            case CertificateWitnessed witnessed:
                _certificates[witnessed.Certificate] = witnessed.Csr;
                _assurances[witnessed.Certificate] = witnessed.Assurance;
                break;
            case CertificateAdopted adopted:
                _assurances[adopted.Certificate] = Assurance.Adopted;
                break;
            case LeaseGranted granted when granted.Address == address && placed.TrueFrom <= at:
                (_granted, _released) = (placed, null);
                break;
            case LeaseReleased released when released.Address == address && released.Granted == _granted?.Position:
                _released = placed;
                break;
            case LeaseReclaimed reclaimed when reclaimed.Address == address && reclaimed.Granted == _granted?.Position:
                _released = placed;
                break;
            default:
                if (fact.At <= at)
                {
                    TakePlace(position, fact);
                }

                break;
        }
    }

    // Where the address lies; what comes after the time does not count.
    private void TakePlace(long position, Fact fact)
    {
        switch (fact.Event)
        {
            case ReservationMade made when made.Addresses.Contains(address):
                Reservation = new ReservationView(
                    made.Addresses, made.Pool, made.Name, made.Mac, made.Owner, fact.Actor, fact.At, position)
                {
                    Workload = made.Workload,
                };
                break;
            case ReservationDropped dropped when dropped.Made == Reservation?.Position:
                Reservation = null;
                break;
            case PoolChanged changed when changed.Spec.Cidr.Contains(address):
                _pool = changed.Spec;
                break;
            case PoolDefined defined when defined.Spec.Cidr.Contains(address):
                _pool = defined.Spec;
                break;
            case PoolRetired retired when retired.Pool == _pool?.Name:
                _pool = null;
                break;
            case BlockGranted granted when granted.Block.Contains(address):
                _blocks[position] = granted;
                _liveBlock = position;
                break;
            case BlockReleased released when released.Generation.Position == _liveBlock:
                _liveBlock = null;
                break;
            case BlockReclaimed reclaimed when reclaimed.Generation.Position == _liveBlock:
                _liveBlock = null;
                break;
            default:
                break;
        }
    }
}
