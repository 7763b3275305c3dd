using System.Runtime.InteropServices;

namespace Broker.Agent.Certificates;

/// <summary>Makes the names in a folder outlive a power cut: a rename alone may be undone by one.</summary>
internal static partial class DurableFolder
{
    private const int ReadOnlyFolder = 0x10000 | 0x80000; // O_DIRECTORY | O_CLOEXEC of Linux; O_RDONLY is 0.

    /// <exception cref="IOException">It cannot be opened, or fsync(2) failed.</exception>
    public static void Sync(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // The flags are Linux's; elsewhere the rename is as durable as the system makes it.
        }

        var descriptor = Open(folder, ReadOnlyFolder);
        if (descriptor < 0)
        {
            throw new IOException($"cannot open the folder {folder}: error {Marshal.GetLastPInvokeError()}");
        }

        var synced = FSync(descriptor);
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
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
