namespace Broker.Cni.Files;

/// <summary>
/// A lock between processes: flock(2) on a file, which .NET takes for an exclusive stream and the kernel ends with the
/// process, however that ends. The file stays.
/// </summary>
internal static class FileLock
{
    public const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>How often a taken lock is tried again; the kernel tells nobody.</summary>
    public static TimeSpan Poll { get; } = TimeSpan.FromMilliseconds(5);

    private const int WouldBlock = 11; // EAGAIN of Linux, which .NET passes on as the HResult.

    /// <summary>The lock, or null while another process has it.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
    public static IDisposable? TryTake(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (IOException error) when (error.HResult == WouldBlock)
        {
            return null;
        }
    }

    /// <summary>The lock once it is free, or null when it is not in time.</summary>
    public static async Task<IDisposable?> TakeAsync(string path, TimeSpan patience, TimeProvider clock)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            if (clock.GetElapsedTime(started) >= patience)
            {
                return null;
            }

            await Task.Delay(Poll, clock).ConfigureAwait(false);
        }
    }
}
