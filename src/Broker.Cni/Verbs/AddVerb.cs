using Broker.Cni.Brokers;
using Broker.Cni.Errors;
using Broker.Cni.Results;
using Broker.Contracts.Leases;

namespace Broker.Cni.Verbs;

/// <summary>ADD: a lease for the attachment. A second ADD without DEL is refused, as the specification says.</summary>
internal static class AddVerb
{
    public static async Task<VerbResult> RunAsync(Exec exec)
    {
        var (config, environment) = (exec.Config, exec.Environment);
        var first = exec.Delivery.ReleaseFirstAsync(
            exec.Broker, exec.Attachment, config.Ipam.Timeout);
        if (await first.ConfigureAwait(false) is { } undone)
        {
            return VerbResult.Failed(undone with
            {
                Message = $"an earlier release of this attachment must come first: {undone.Message}",
            });
        }

        // The same request, id and all, for each try of this exec: then a lost answer costs no address.
        var request = new LeaseRequest(
            exec.World.NewRequestId(),
            config.Name,
            environment.ContainerId,
            environment.Interface,
            environment.Arguments.Pod,
            Families: null,
            config.Ipam.Pools.Count > 0 ? config.Ipam.Pools : null);
        var reply = await exec.Broker.GrantAsync(request, ILeaseBroker.OwnPatience).ConfigureAwait(false);
        return reply.Answer is { } addresses
            ? new VerbResult(null, ResultWriter.Success(config, addresses), null)
            : VerbResult.Failed(Explain(reply.Error!));
    }

    private static CniError Explain(CniError error) => error.Code == CniErrorCode.Conflict
        ? error with { Details = "A container and interface get one ADD before a DEL: run DEL first." }
        : error;
}
