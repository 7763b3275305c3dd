using Broker.Contracts.Addresses;
using Broker.Contracts.Leases;
using Broker.Core.Addresses;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Time;
using Broker.Core.Views;
using Broker.Server.Enrolment;

namespace Broker.Server.History;

/// <summary>One pass over the journal for one address and one time.</summary>
internal sealed class AddressScan(IpAddress address, Instant at)
{
    private readonly Dictionary<long, BlockGranted> _blocks = [];
    private readonly Dictionary<CertificateHash, CsrName> _certificates = [];
    private readonly Dictionary<CsrName, CsrObserved> _observed = [];
    private readonly Dictionary<CsrName, Fact> _approved = [];
    private Fact? _granted;
    private long _grantedPosition;
    private Fact? _released;
    private long _releasedPosition;

    /// <summary>The pool that the address lay in when it was held, or in whose last block it lay.</summary>
    public PoolName? Pool { get; private set; }

    /// <summary>The last block over the address up to the time.</summary>
    public Cidr? Block { get; private set; }

    /// <summary>What kept the address back at the time.</summary>
    public ReservationView? Reservation { get; private set; }

    /// <summary>Whether a line must be parsed: a cheap look at its bytes, never a decision.</summary>
    public static bool MayMatter(ReadOnlySpan<byte> line, ReadOnlySpan<byte> subject) =>
        line.IndexOf(subject) >= 0
        || line.IndexOf("\"type\":\"c"u8) >= 0
        || line.IndexOf("\"type\":\"block.granted\""u8) >= 0
        || line.IndexOf("\"type\":\"reservation."u8) >= 0;

    public void Take(long position, Fact fact)
    {
        switch (fact.Event)
        {
            case CsrObserved observed:
                _observed[observed.Csr] = observed;
                break;
            case CsrApproved approved:
                _approved[approved.Csr] = fact;
                break;
            case CertificateWitnessed witnessed:
                _certificates[witnessed.Certificate] = witnessed.Csr;
                break;
            case BlockGranted granted when fact.At <= at && granted.Block.Contains(address):
                _blocks[position] = granted;
                (Pool, Block) = (granted.Pool, granted.Block);
                break;
            case ReservationMade made when fact.At <= at && made.Addresses.Contains(address):
                Reservation = new ReservationView(
                    made.Addresses, made.Pool, made.Name, made.Mac, made.Owner, fact.Actor, fact.At, position);
                break;
            case ReservationDropped dropped when fact.At <= at && dropped.Made == Reservation?.Position:
                Reservation = null;
                break;
            case LeaseGranted granted when granted.Address == address && TrueFrom(fact) <= at:
                (_granted, _grantedPosition) = (fact, position);
                (_released, _releasedPosition) = (null, 0);
                break;
            case LeaseReleased released when released.Address == address && released.Granted == _grantedPosition:
                (_released, _releasedPosition) = (fact, position);
                break;
            default:
                break;
        }
    }

    /// <summary>Who held the address at the time; null for nobody.</summary>
    public async Task<AddressHolder?> DescribeAsync(PrivateNames names, CancellationToken cancellation)
    {
        if (_granted is not { Event: LeaseGranted lease } || (_released is { } end && TrueFrom(end) <= at))
        {
            return null;
        }

        var certificate = _granted.Actor.Certificate!.Value;
        CsrName? csr = _certificates.TryGetValue(certificate, out var name) ? name : null;
        var observed = csr is { } asked ? _observed.GetValueOrDefault(asked) : null;
        var approved = csr is { } decided ? _approved.GetValueOrDefault(decided) : null;
        return new AddressHolder(
            lease.Node.Value,
            lease.Attachment.Node.Value,
            lease.Attachment.Network,
            lease.Attachment.ContainerId,
            lease.Attachment.Interface,
            new PodLabels(lease.Pod.Namespace, lease.Pod.Name, lease.Pod.Uid),
            _blocks.TryGetValue(lease.Generation.Position, out var block) ? block.Block.ToString() : string.Empty,
            lease.Generation.Position,
            TrueFrom(_granted).ToString(),
            _grantedPosition,
            _released is null ? null : TrueFrom(_released).ToString(),
            _released is null ? null : _releasedPosition,
            certificate.Value,
            csr?.Value,
            observed?.Requester,
            approved is null ? null : await names.OfAsync(approved.Actor, cancellation),
            (approved?.Event as CsrApproved)?.Rule,
            approved?.Actor.Certificate?.Value);
    }

    private static Instant TrueFrom(Fact fact) => fact.Effective ?? fact.At;
}
