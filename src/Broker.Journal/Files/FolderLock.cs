using System.Globalization;
using Broker.Journal.Store;

namespace Broker.Journal.Files;

/// <summary>
/// The exclusive lock on a data folder, for the life of the process. The operating system lets go of it when the
/// process ends, however it ends.
/// </summary>
public sealed class FolderLock : IDisposable
{
    // EAGAIN of Linux and of the BSDs; ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] InUse = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock and leaves word of who has it.</summary>
    /// <exception cref="JournalStoreException"><c>data_folder_locked</c>: somebody else has it; names them.</exception>
    public static FolderLock Take(string folder, TimeProvider time)
    {
        FileStream file;
        try
        {
            file = new FileStream(
                Path.Combine(folder, "journal.lock"), OwnerFile.Writing(FileMode.OpenOrCreate, FileShare.None));
        }
        catch (IOException e) when (InUse.Contains(e.HResult))
        {
            throw new JournalStoreException(
                "data_folder_locked",
                $"'{folder}' is in use by {Holder(folder)}. Stop it first; two must not write one journal.",
                e);
        }

        try
        {
            using var holder = new FileStream(HolderOf(folder), OwnerFile.Writing(FileMode.Create, FileShare.Read));
            using var text = new StreamWriter(holder);
            text.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"process {Environment.ProcessId} on {Environment.MachineName} since {time.GetUtcNow():u}"));
            return new FolderLock(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    // As text beside the lock: the locked file itself cannot be read by a second process everywhere.
    private static string HolderOf(string folder) => Path.Combine(folder, "journal.holder");

    private static string Holder(string folder)
    {
        try
        {
            var text = File.ReadAllText(HolderOf(folder));
            return text.Length > 0 ? text : "a process that has just started";
        }
        catch (IOException)
        {
            return "another process"; // It writes its name at this moment.
        }
    }
}
