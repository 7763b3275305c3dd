using System.Text;
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
    LedgerWriter writer, Answers answers, PrivateNames names, ReservationWire reservations, TimeProvider time)
    : IDisposable
{
    // A pass reads the whole journal: a few at a time, so that reviewers cannot starve the rest.
    private const int ScansMax = 4;
    private readonly SemaphoreSlim _scans = new(ScansMax, ScansMax);
    private readonly HolderDescription _holders = new(names);

    public void Dispose() => _scans.Dispose();

    public async Task<AddressAnswer> FindAsync(IpAddress address, Instant? at, CancellationToken cancellation)
    {
        var now = await NowAsync(cancellation);
        if (at is { } asked && asked > now)
        {
            throw QueryReader.Invalid("at", $"lies in the future; it is {now} here");
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
        var (lease, csr) = await writer.ReadAsync(
            queries =>
            {
                var lease = queries.LeaseOf(address);
                var certificate = lease is null ? null : queries.Certificate(lease.Certificate);
                return (lease, certificate?.Csr is { } name ? queries.Csr(name) : null);
            },
            cancellation);
        if (lease is null || csr is null)
        {
            return null;
        }

        var holding = new Holding(
            await ReadAsync(lease.Position, cancellation),
            null,
            lease.Block.ToString(),
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
        if (!await _scans.WaitAsync(TimeSpan.Zero, cancellation))
        {
            throw new OverloadedException(retryAfterSeconds: 2);
        }

        try
        {
            return await ScanAsync(address, at, cancellation);
        }
        finally
        {
            _ = _scans.Release(); // The count before is of no interest.
        }
    }

    private async Task<AddressAnswer> ScanAsync(IpAddress address, Instant at, CancellationToken cancellation)
    {
        var size = writer.Durable.Size;
        var scan = new AddressScan(address, at);
        var subject = Encoding.UTF8.GetBytes($"\"subject\":\"ip/{address}\"");
        await foreach (var line in JournalReader.ReadAsync(writer.Store, 0, size, cancellation))
        {
            if (!AddressScan.MayMatter(line.Position, line.Line.Span, subject))
            {
                continue;
            }

            scan.Take(line.Position, EventCodec.Decode(line.Line.Span));
            if (scan.Began is { } began && at < began)
            {
                throw QueryReader.Invalid("at", $"lies before the ledger, which began at {began}");
            }
        }

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
