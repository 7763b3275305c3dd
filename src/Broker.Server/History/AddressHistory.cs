using System.Text;
using Broker.Contracts.Addresses;
using Broker.Contracts.Leases;
using Broker.Core.Addresses;
using Broker.Core.Time;
using Broker.Core.Views;
using Broker.Journal.Events;
using Broker.Journal.Reading;
using Broker.Journal.Writing;
using Broker.Server.Api;
using Broker.Server.Enrolment;

namespace Broker.Server.History;

/// <summary>
/// Who holds an address now (from the state) or held it at a time (from the journal: one pass over its lines, of which
/// only those on this address, and on certificates and requests, are parsed).
/// </summary>
internal sealed class AddressHistory(LedgerWriter writer, Answers answers, PrivateNames names, TimeProvider time)
    : IDisposable
{
    // A pass reads the whole journal: a few at a time, so that reviewers cannot starve the rest.
    private const int ScansMax = 4;
    private readonly SemaphoreSlim _scans = new(ScansMax, ScansMax);

    public void Dispose() => _scans.Dispose();

    public async Task<AddressAnswer> FindAsync(IpAddress address, Instant? at, CancellationToken cancellation)
    {
        var now = await NowAsync(cancellation);
        if (at is { } asked && asked > now)
        {
            throw QueryReader.Invalid("at", $"lies in the future; it is {now} here");
        }

        return at is { } past
            ? await FindPastAsync(address, past, cancellation)
            : await FindPresentAsync(address, now, cancellation);
    }

    // While the wall clock is behind the journal, the journal's last time is the present.
    private async Task<Instant> NowAsync(CancellationToken cancellation)
    {
        var (now, size) = (Instant.From(time.GetUtcNow()), writer.Durable.Size);
        await foreach (var line in JournalReader.ReadAsync(writer.Store, size - 1, size, cancellation))
        {
            var last = EventCodec.Decode(line.Line.Span).At;
            now = last > now ? last : now;
        }

        return now;
    }

    private async Task<AddressAnswer> FindPresentAsync(
        IpAddress address, Instant now, CancellationToken cancellation)
    {
        var (block, lease, certificate, csr) = await writer.ReadAsync(
            queries =>
            {
                var lease = queries.LeaseOf(address);
                var certificate = lease is null ? null : queries.Certificate(lease.Certificate);
                var csr = certificate?.Csr is { } name ? queries.Csr(name) : null;
                return (queries.BlockOf(address), lease, certificate, csr);
            },
            cancellation);
        var holder = lease is null ? null : await DescribeAsync(lease, csr, cancellation);
        if (holder is not null && certificate is null)
        {
            // The certificate that was used has expired and was forgotten by the state: the journal knows it still.
            return await FindPastAsync(address, now, cancellation);
        }

        return new AddressAnswer(
            address.ToString(),
            now.ToString(),
            block?.Pool.Value,
            block?.Block.ToString(),
            holder,
            answers.Position);
    }

    private async Task<AddressHolder> DescribeAsync(LeaseView lease, CsrView? csr, CancellationToken cancellation) =>
        new(
            lease.Node.Value,
            lease.Attachment.Node.Value,
            lease.Attachment.Network,
            lease.Attachment.ContainerId,
            lease.Attachment.Interface,
            new PodLabels(lease.Pod.Namespace, lease.Pod.Name, lease.Pod.Uid),
            lease.Block.ToString(),
            lease.Generation.Position,
            lease.GrantedAt.ToString(),
            lease.Position,
            null,
            null,
            lease.Certificate.Value,
            csr?.Csr.Value,
            csr?.Requester,
            csr is null ? null : await names.OfAsync(csr.Approver, cancellation),
            csr?.Rule,
            csr?.Approver.Certificate?.Value);

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
            if (AddressScan.MayMatter(line.Line.Span, subject))
            {
                scan.Take(line.Position, EventCodec.Decode(line.Line.Span));
            }
        }

        var holder = await scan.DescribeAsync(names, cancellation);
        return new AddressAnswer(
            address.ToString(), at.ToString(), scan.Pool?.Value, scan.Block?.ToString(), holder, answers.Position);
    }
}
