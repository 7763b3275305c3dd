using System.Net;
using Broker.Cni.Brokers;
using Broker.Cni.Errors;
using Broker.Cni.Spool;

namespace Broker.Cni.Verbs;

/// <summary>CHECK: the broker's leases of the attachment are there, and prevResult names each of them.</summary>
internal static class CheckVerb
{
    private const string Mend = "The container must be made anew: DEL, then ADD.";

    public static async Task<VerbResult> RunAsync(Exec exec)
    {
        if (exec.Config.PreviousAddresses is not { } previous)
        {
            return VerbResult.Failed(new CniError(
                CniErrorCode.InvalidNetworkConfig,
                "invalid network config: prevResult is missing",
                "CHECK compares with the result of ADD; the runtime keeps and passes it."));
        }

        if (exec.Spool.Contains(new SpooledRelease(exec.Server, exec.Attachment)))
        {
            return Missing("the attachment was released, which the broker is still to be told");
        }

        var reply = await exec.Broker.ListAsync(ILeaseBroker.OwnPatience).ConfigureAwait(false);
        if (reply.Answer is not { } held)
        {
            return VerbResult.Failed(reply.Error!);
        }

        var leased = LeasedBy(held, exec.Attachment);
        if (leased.Count == 0)
        {
            return held.Truncated
                ? VerbResult.Failed(new CniError(
                    CniErrorCode.TryAgainLater,
                    $"the broker lists {held.Leases.Count} leases of this node and has more",
                    "Release what is not in use: run GC."))
                : Missing("the broker has no lease of this attachment");
        }

        var unnamed = leased.Where(address => !previous.Any(each => IsSame(each, address))).ToList();
        return unnamed.Count == 0
            ? VerbResult.Done
            : Missing($"prevResult does not name {string.Join(", ", unnamed)}, which the broker has leased");
    }

    private static List<string> LeasedBy(HeldLeases held, AttachmentName attachment) =>
        [.. held.Leases.Where(lease => lease.Attachment == attachment).Select(lease => lease.Address)];

    private static bool IsSame(string one, string other) =>
        IPAddress.TryParse(one, out var left) && IPAddress.TryParse(other, out var right) && left.Equals(right);

    private static VerbResult Missing(string message) =>
        VerbResult.Failed(new CniError(CniErrorCode.LeaseMissing, message, Mend));
}
