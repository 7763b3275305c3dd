using Broker.Cni.Brokers;
using Broker.Cni.Errors;
using Broker.Cni.Files;

namespace Broker.Cni.Spool;

/// <summary>Tells a broker what the spool holds for it.</summary>
internal sealed class SpoolDelivery(ReleaseSpool spool, string server, TimeProvider clock)
{
    /// <summary>Most releases that one exec tells after its own work: a runtime waits for it.</summary>
    public const int OthersMax = 8;

    private static readonly TimeSpan othersPatience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Releases what the spool has of this attachment, before it is granted anything. Null when there is nothing left
    /// to release, else why not.
    /// </summary>
    public async Task<CniError?> ReleaseFirstAsync(
        ILeaseBroker broker, AttachmentName attachment, TimeSpan patience)
    {
        var entry = new SpooledRelease(server, attachment);
        if (!spool.Contains(entry))
        {
            return null;
        }

        using var taken = await FileLock.TakeAsync(spool.LockPath, patience, clock).ConfigureAwait(false);
        if (taken is null)
        {
            return new CniError(
                CniErrorCode.TryAgainLater,
                "another exec is telling the broker of releases that it missed",
                "Try again; a release of this attachment is among them and must come first.");
        }

        return spool.Contains(entry)
            ? await ReleaseIfHeldAsync(broker, entry).ConfigureAwait(false)
            : null;
    }

    /// <summary>
    /// Tells some of what is left, if nobody else does, up to the first one without an answer. Never fails: what is
    /// not told stays.
    /// </summary>
    public async Task TellOthersAsync(ILeaseBroker broker)
    {
        var started = clock.GetTimestamp();
        try
        {
            using var taken = spool.IsEmpty ? null : FileLock.TryTake(spool.LockPath);
            if (taken is null)
            {
                return;
            }

            foreach (var entry in spool.Read(server, OthersMax))
            {
                var left = othersPatience - clock.GetElapsedTime(started);
                if (left <= TimeSpan.Zero || await TellAsync(broker, entry, left).ConfigureAwait(false) is not null)
                {
                    return;
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The exec's own work is done, and the entry is still there for the next one.
            return;
        }
    }

    /// <summary>Forgets an entry of what the broker has just released, unless somebody tells it.</summary>
    public void Forget(AttachmentName attachment)
    {
        var entry = new SpooledRelease(server, attachment);
        if (!spool.Contains(entry))
        {
            return;
        }

        using var taken = FileLock.TryTake(spool.LockPath);
        if (taken is not null)
        {
            spool.Remove(entry);
        }
    }

    // A release of what was never granted would be taken for one that overtook its grant, and the grant that is asked
    // for next would be refused for it.
    private async Task<CniError?> ReleaseIfHeldAsync(ILeaseBroker broker, SpooledRelease entry)
    {
        var reply = await broker.ListAsync(ILeaseBroker.OwnPatience).ConfigureAwait(false);
        if (reply.Answer is not { } held)
        {
            return reply.Error;
        }

        if (held.Truncated || held.Leases.Any(lease => lease.Attachment == entry.Attachment))
        {
            return await TellAsync(broker, entry, ILeaseBroker.OwnPatience).ConfigureAwait(false);
        }

        spool.Remove(entry);
        return null;
    }

    private async Task<CniError?> TellAsync(ILeaseBroker broker, SpooledRelease entry, TimeSpan limit)
    {
        var reply = await broker.ReleaseAsync(entry.Attachment, limit).ConfigureAwait(false);
        if (reply.Answer is not null)
        {
            spool.Remove(entry);
            return null;
        }

        if (reply.Problem is { } problem && ProblemErrors.IsForEver(problem))
        {
            spool.SetAside(entry.FileName);
            return null;
        }

        return reply.Error;
    }
}
