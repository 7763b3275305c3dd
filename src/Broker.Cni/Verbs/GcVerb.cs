using Broker.Cni.Brokers;
using Broker.Cni.Configuration;
using Broker.Cni.Errors;

namespace Broker.Cni.Verbs;

/// <summary>
/// GC: releases what this node holds on the network and the runtime does not list. No list is not an empty one: then
/// nothing is released.
/// </summary>
internal static class GcVerb
{
    public static async Task<VerbResult> RunAsync(Exec exec)
    {
        if (exec.Config.ValidAttachments is not { } valid)
        {
            return VerbResult.DoneWith("GC: the runtime passed no cni.dev/valid-attachments; nothing is released");
        }

        var reply = await exec.Broker.ListAsync(ILeaseBroker.OwnPatience).ConfigureAwait(false);
        if (reply.Answer is not { } held)
        {
            return VerbResult.Failed(reply.Error!);
        }

        List<string> failed = [];
        CniError? last = null;
        foreach (var attachment in Leftovers(exec, held, valid))
        {
            var released = await exec.Broker.ReleaseAsync(attachment, ILeaseBroker.OwnPatience).ConfigureAwait(false);
            if (released.Error is { } error)
            {
                last = error;
                failed.Add($"{attachment.ContainerId}/{attachment.Interface}");
            }
        }

        return (last, held.Truncated) switch
        {
            ({ } error, _) => VerbResult.Failed(error with
            {
                Message = $"GC: {failed.Count} not released ({string.Join(", ", failed.Take(8))}): {error.Message}",
            }),
            (_, true) => VerbResult.Failed(new CniError(
                CniErrorCode.TryAgainLater, "GC: the broker lists only a part of this node's leases", "Run GC again.")),
            _ => VerbResult.Done,
        };
    }

    private static List<AttachmentName> Leftovers(Exec exec, HeldLeases held, IReadOnlyList<ValidAttachment> valid)
    {
        // An ADD may be under way whose result the runtime does not know yet. It has that long at most, twice over for
        // clocks that differ; a lease from the future is young as well.
        var grace = exec.Config.Ipam.Timeout * 2;
        var now = exec.World.Clock.GetUtcNow();
        var keep = valid.ToHashSet();
        return
        [
            .. held.Leases
                .Where(lease => lease.Attachment.Network == exec.Config.Name && now - lease.GrantedAt > grace)
                .Select(lease => lease.Attachment)
                .Where(each => !keep.Contains(new ValidAttachment(each.ContainerId, each.Interface)))
                .Distinct(),
        ];
    }
}
