using Broker.Contracts;
using Broker.Contracts.Ledgers;
using Broker.Contracts.Reservations;
using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Views;
using Broker.Server.Enrolment;

namespace Broker.Server.Api.Reservations;

/// <summary>Reservations: made and dropped by operators; read by people.</summary>
internal sealed class ReservationEndpoints(Answers answers, ReservationWire wire, PrivateNames names)
{
    public async Task MakeAsync(HttpContext context)
    {
        var dryRun = DryRun.Read(context);
        var body = await RequestBody.ReadAsync(context, StrictJson.Context.ReservationRequest);
        var range = FieldReader.Read<IpRange>("addresses", body.Addresses, IpRange.TryParse);
        var command = new MakeReservation(
            Operators.Actor(context),
            range,
            body.Name is null
                ? null
                : FieldReader.Read<ReservationName>("name", body.Name, ReservationName.TryParse),
            body.Mac is null ? null : FieldReader.Read<MacAddress>("mac", body.Mac, MacAddress.TryParse),
            await OwnerAsync(context, range, body.Owner),
            Operators.Reason(body.Reason))
        {
            Workload = body.Workload is null
                ? null
                : FieldReader.Read<WorkloadName>("workload", body.Workload, WorkloadName.TryParse),
        };
        await answers.ChangeAsync(
            context,
            dryRun,
            command,
            made => DescribeAsync(context, dryRun, made, body.Owner),
            BrokerJson.Default.ReservationInfo);
    }

    public async Task DropAsync(HttpContext context)
    {
        var query = new QueryReader(context, "addresses", "position", DryRun.Parameter);
        var dryRun = DryRun.Read(context, query);
        var position = query.Number("position") ?? throw QueryReader.Invalid("position", "is missing");
        var range = FieldReader.Read<IpRange>("addresses", query.Required("addresses"), IpRange.TryParse);
        var body = await RequestBody.ReadOrDefaultAsync(
            context, StrictJson.Context.ChangeRequest, new ChangeRequest());
        var command = new DropReservation(
            Operators.Actor(context), range, position, Operators.Reason(body.Reason));
        await answers.ChangeAsync(
            context,
            dryRun,
            command,
            ended => Task.FromResult(new ReservationDroppedResponse(
                ended.Addresses.ToShortText(), ended.Position, ended.Dropped, answers.Position)),
            BrokerJson.Default.ReservationDroppedResponse);
    }

    public async Task ListAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        var reservations = await answers.ReadAsync(context, queries => queries.Reservations());
        var infos = new List<ReservationInfo>(reservations.Count);
        foreach (var reservation in reservations)
        {
            infos.Add(await wire.DescribeAsync(reservation, context.RequestAborted));
        }

        await Answers.WriteAsync(
            context, new ReservationList(infos, answers.Position), BrokerJson.Default.ReservationList);
    }

    /// <summary>
    /// Seals the owner with fresh salt, unless the reservation that is there has the same: a repeat is known by it.
    /// </summary>
    private async Task<PrivateText?> OwnerAsync(HttpContext context, IpRange range, string? owner)
    {
        if (owner is null)
        {
            return null;
        }

        var known = await answers.ReadAsync(context, queries => queries.Reservation(range)?.Owner);
        return known is not null && await names.TextAsync(known, context.RequestAborted) == owner
            ? known
            : Operators.Private("owner", owner);
    }

    /// <summary>What was only tried stands in no table, so that its names come from the request.</summary>
    private async Task<ReservationInfo> DescribeAsync(
        HttpContext context, bool dryRun, ReservationView made, string? owner)
    {
        var info = await wire.DescribeAsync(made, context.RequestAborted);
        return dryRun && made.MadeBy.PrivateName?.Value is { } name ? info with { MadeBy = name, Owner = owner } : info;
    }
}
