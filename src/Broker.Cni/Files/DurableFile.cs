using System.Runtime.InteropServices;

namespace Broker.Cni.Files;

/// <summary>Files that are there after a power cut, whole, or not at all.</summary>
internal static partial class DurableFile
{
    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int ReadOnlyFolder = 0x10000 | 0x80000; // O_DIRECTORY | O_CLOEXEC of Linux; O_RDONLY is 0.

    /// <summary>Writes a new file beside its place, makes it durable, moves it there, and makes that durable.</summary>
    /// <exception cref="IOException">It is not durable; it may be there all the same.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string folder, string name, byte[] content, UnixFileMode mode = ForOwner)
    {
        var beside = Path.Combine(folder, $".{name}.{Guid.NewGuid():N}");
        try
        {
            using (var stream = new FileStream(beside, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
                UnixCreateMode = mode,
            }))
            {
                File.SetUnixFileMode(stream.SafeFileHandle, mode); // Whatever the umask is.
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, Path.Combine(folder, name), overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }

        SyncFolder(folder);
    }

    /// <summary>Makes the names in a folder durable.</summary>
    /// <exception cref="IOException">fsync(2) failed.</exception>
    public static void SyncFolder(string folder)
    {
        var descriptor = Open(folder, ReadOnlyFolder);
        if (descriptor < 0)
        {
            throw new IOException($"cannot open the folder {folder}: error {Marshal.GetLastPInvokeError()}");
        }

        var synced = Sync(descriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor); // Nothing was written through it.
        if (synced != 0)
        {
            throw new IOException($"cannot make the folder {folder} durable: error {error}");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
