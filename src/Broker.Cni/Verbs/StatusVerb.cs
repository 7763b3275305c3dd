using Broker.Cni.Brokers;
using Broker.Cni.Errors;

namespace Broker.Cni.Verbs;

/// <summary>
/// STATUS: whether the next ADD could succeed. An error takes the node out of service, so a short absence of the broker
/// is waited out.
/// </summary>
internal static class StatusVerb
{
    private const string Active = "active";

    public static async Task<VerbResult> RunAsync(Exec exec)
    {
        var reply = await exec.Broker.StandingAsync(ILeaseBroker.OwnPatience).ConfigureAwait(false);
        return reply.Answer switch
        {
            Active => VerbResult.Done,
            { } standing => VerbResult.Failed(new CniError(
                CniErrorCode.PluginNotAvailable,
                $"the node is {standing}: it gets no new leases",
                "An operator must readmit it: POST /v1/nodes/NAME/readmit.")),
            null => VerbResult.Failed(reply.Error! with { Code = CniErrorCode.PluginNotAvailable }),
        };
    }
}
