namespace Broker.Journal.Files;

/// <summary>Files that nobody but their owner may read.</summary>
public static class OwnerFile
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>How such a file is opened for writing, without a buffer.</summary>
    public static FileStreamOptions Writing(FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = share,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
        {
            options.UnixCreateMode = Mode;
        }

        return options;
    }
}
