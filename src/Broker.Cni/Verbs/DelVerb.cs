using Broker.Cni.Brokers;
using Broker.Cni.Errors;
using Broker.Cni.Spool;

namespace Broker.Cni.Verbs;

/// <summary>
/// DEL: ends what the attachment holds. It succeeds for what is gone; and where nobody answers it leaves the release
/// in the spool and succeeds too, because a DEL that fails keeps a pod from ending.
/// </summary>
internal static class DelVerb
{
    /// <summary>Not as long as an ADD waits: a runtime calls it twice a pod, and the spool does the rest.</summary>
    public static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(3);

    public static async Task<VerbResult> RunAsync(Exec exec)
    {
        var reply = await exec.Broker.ReleaseAsync(exec.Attachment, ILeaseBroker.OwnPatience).ConfigureAwait(false);
        if (reply.Answer is not null)
        {
            return Forget(exec);
        }

        // What the broker can never know of holds nothing.
        return reply.Problem is { } problem && ProblemErrors.IsForEver(problem)
            ? VerbResult.DoneWith($"nothing to release: {reply.Error!.Message}")
            : Keep(exec.Spool, exec.Server, exec.Attachment, reply.Error!);
    }

    /// <summary>Keeps a release for a later exec.</summary>
    public static VerbResult Keep(ReleaseSpool spool, string server, AttachmentName attachment, CniError why)
    {
        try
        {
            spool.Add(new SpooledRelease(server, attachment));
            return VerbResult.DoneWith($"the release is kept for a later exec: {why.Message}; {why.Details}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return VerbResult.Failed(new CniError(
                CniErrorCode.TryAgainLater,
                $"{why.Message}; and the release cannot be kept for later: {error.Message}",
                $"{why.Details} Or make ipam.stateDir writable for root, with free space."));
        }
    }

    private static VerbResult Forget(Exec exec)
    {
        try
        {
            exec.Delivery.Forget(exec.Attachment);
            return VerbResult.Done;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A release that is told again releases nothing.
            return VerbResult.DoneWith($"an old release stays in the spool: {error.Message}");
        }
    }
}
