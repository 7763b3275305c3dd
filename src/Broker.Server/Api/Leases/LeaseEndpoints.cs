using Broker.Contracts;
using Broker.Contracts.Leases;
using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Server.Cluster;
using Broker.Server.Cluster.Pods;

namespace Broker.Server.Api.Leases;

/// <summary>Leases: asked for, listed and released by nodes; listed by people.</summary>
internal sealed class LeaseEndpoints(Answers answers, IServiceProvider services)
{
    // There only where a cluster is.
    private readonly PodDoor? _pods = services.GetService<PodDoor>();

    private const int PoolsMax = 16;
    private const int AddressesMax = 2;
    private const int ListedMax = 10_000;

    public async Task GrantAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        var body = await RequestBody.ReadAsync(context, StrictJson.Context.LeaseRequest);
        var caller = Callers.Node(context);
        var pod = body.Pod is { } labels
            ? new PodIdentity(labels.Namespace, labels.Name, labels.Uid)
            : PodIdentity.None;
        context.Features.Set(new AskedFor(pod));
        var families = (body.Families ?? []).Select(
            (word, i) => FieldReader.Choose($"families[{i}]", word, WireWords.Families));
        var reading = _pods is null
            ? PodReading.None
            : await _pods.ReadAsync(caller.Name, pod, context.RequestAborted);
        if (reading.Refusal is { } refused)
        {
            await answers.RefuseAsync(context, refused);
            return;
        }

        var asked = FieldReader.ReadList<PoolName>("pools", body.Pools, PoolsMax, PoolName.TryParse);
        var command = new GrantLease(
            caller,
            FieldReader.Read<RequestId>("requestId", body.RequestId, RequestId.TryParse),
            new Attachment(caller.Uid, body.Network, body.ContainerId, body.Interface),
            pod,
            [.. families],
            reading.Pools ?? asked,
            reading.Assurance)
        {
            Addresses = FieldReader.ReadList<IpAddress>(
                "addresses", body.Addresses, AddressesMax, IpAddress.TryParse),
        };
        await answers.SubmitAsync(
            context,
            command,
            granted => Task.FromResult(new LeasesGrantedResponse(
                [.. granted.Leases.Select(Wire.Of)], granted.Repeated, answers.Position)),
            BrokerJson.Default.LeasesGrantedResponse,
            refusal => reading.Pools is null ? refusal : Blame(refusal, reading.PoolsFrom));
    }

    public async Task ReleaseAsync(HttpContext context)
    {
        var query = new QueryReader(context, "network", "containerId", "interface");
        var caller = Callers.Node(context);
        var attachment = new Attachment(
            caller.Uid, query.Required("network"), query.Required("containerId"), query.Required("interface"));
        await answers.SubmitAsync(
            context,
            new ReleaseLease(caller, attachment),
            ended => Task.FromResult(new LeasesReleasedResponse(
                [.. ended.Addresses.Select(address => address.ToString())], answers.Position)),
            BrokerJson.Default.LeasesReleasedResponse);
    }

    public async Task ListOwnAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        await WriteListAsync(context, Callers.Node(context).Name);
    }

    public async Task ListAllAsync(HttpContext context)
    {
        var node = new QueryReader(context, "node").Text("node");
        await WriteListAsync(
            context, node is null ? null : FieldReader.Read<NodeName>("node", node, NodeName.TryParse));
    }

    // Who reads it looks into the CNI configuration otherwise.
    private static Refusal Blame(Refusal refusal, string? from) => refusal.Code
        is RefusalCode.PoolUnknown or RefusalCode.PoolAdopting or RefusalCode.PoolDrained or RefusalCode.LessorAgent
        or RefusalCode.PoolExhausted or RefusalCode.BlockExhausted or RefusalCode.BlockLimit
        or RefusalCode.LeaseLimit or RefusalCode.NamespaceQuota
            ? refusal with { Detail = $"{refusal.Detail} The {from} chooses the pools." }
            : refusal;

    private async Task WriteListAsync(HttpContext context, NodeName? node)
    {
        var leases = await answers.ReadAsync(context, queries => queries.Leases(node, ListedMax + 1));
        var listed = leases.Take(ListedMax).ToList();
        await Answers.WriteAsync(
            context,
            new LeaseList([.. listed.Select(Wire.Of)], leases.Count > ListedMax, answers.Position),
            BrokerJson.Default.LeaseList);
    }
}
