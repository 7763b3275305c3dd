using Broker.Contracts.Addresses;
using Broker.Core.Addresses;
using Broker.Core.Time;
using Broker.Journal.Events;
using Broker.Journal.Reading;
using Broker.Journal.Writing;
using Broker.Server.Api;
using Broker.Server.Api.Reservations;
using Broker.Server.Enrolment;

namespace Broker.Server.History;

/// <summary>
/// Who holds an address now (from the state, and the events that it names) or held it at a time (from the journal: one
/// pass over its lines, of which only those on this address, and on pools, blocks, certificates and requests, are
/// parsed). That nobody holds it now is answered from the journal as well: it knows who did last.
/// </summary>
internal sealed class AddressHistory(
    LedgerWriter writer,
    JournalScans scans,
    Answers answers,
    PrivateNames names,
    ReservationWire reservations,
    TimeProvider time)
{
    private readonly HolderDescription _holders = new(names);

    public async Task<AddressAnswer> FindAsync(IpAddress address, Instant? at, CancellationToken cancellation)
    {
        var now = await NowAsync(cancellation);
        if (at is { } asked && asked > now)
        {
            throw QueryReader.Invalid("at", $"lies in the future; it is {now} here");
        }

        var began = (await ReadAsync(0, cancellation)).Fact.At;
        if (at < began)
        {
            throw QueryReader.Invalid("at", $"lies before the ledger, which began at {began}");
        }

        if (at is null && await FindHeldAsync(address, now, cancellation) is { } held)
        {
            return held;
        }

        return await FindPastAsync(address, at ?? now, cancellation);
    }

    // While the wall clock is behind the journal, the journal's last time is the present.
    private async Task<Instant> NowAsync(CancellationToken cancellation)
    {
        var now = Instant.From(time.GetUtcNow());
        var last = (await ReadAsync(writer.Durable.Size - 1, cancellation)).Fact.At;
        return last > now ? last : now;
    }

    // Null when nobody holds it, and when the certificate that asked has expired since and was forgotten by the state:
    // the journal knows more.
    private async Task<AddressAnswer?> FindHeldAsync(
        IpAddress address, Instant now, CancellationToken cancellation)
    {
        var (lease, certificate, csr) = await writer.ReadAsync(
            queries =>
            {
                var lease = queries.LeaseOf(address);
                var certificate = lease is null ? null : queries.Certificate(lease.Certificate);
                return (lease, certificate, certificate?.Csr is { } name ? queries.Csr(name) : null);
            },
            cancellation);
        if (lease is null || certificate is null || csr is null)
        {
            return null;
        }

        var holding = new Holding(
            await ReadAsync(lease.Position, cancellation),
            null,
            lease.Block.ToString(),
            certificate.Assurance,
            csr.Csr.Value,
            csr.Requester,
            await ReadAsync(csr.DecisionPosition, cancellation));
        return new AddressAnswer(
            address.ToString(),
            now.ToString(),
            AddressStatus.Held,
            lease.Pool.Value,
            lease.Block.ToString(),
            await _holders.OfAsync(holding, cancellation),
            null,
            answers.Position);
    }

    private async Task<PlacedFact> ReadAsync(long position, CancellationToken cancellation)
    {
        await foreach (var line in JournalReader.ReadAsync(writer.Store, position, position + 1, cancellation))
        {
            return new PlacedFact(position, EventCodec.Decode(line.Line.Span));
        }

        throw new JournalDamagedException("position_missing", position, $"Position {position} is missing.");
    }

    private async Task<AddressAnswer> FindPastAsync(IpAddress address, Instant at, CancellationToken cancellation)
    {
        var scan = new AddressScan(address, at);
        await scans.RunAsync(scan, cancellation);
        var newest = scan.Newest is { } holding ? await _holders.OfAsync(holding, cancellation) : null;
        return new AddressAnswer(
            address.ToString(),
            at.ToString(),
            scan.Status,
            scan.Pool?.Value,
            scan.Block?.ToString(),
            scan.IsHeld ? newest : null,
            scan.IsHeld ? null : newest,
            answers.Position,
            scan.Reservation is { } kept ? await reservations.DescribeAsync(kept, cancellation) : null);
    }
}
