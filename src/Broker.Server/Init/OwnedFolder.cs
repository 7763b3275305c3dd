using System.Runtime.InteropServices;
using Broker.Server.Hosting;

namespace Broker.Server.Init;

/// <summary>An empty folder for somebody else, whom it then belongs to alone.</summary>
internal static partial class OwnedFolder
{
    /// <exception cref="StartFailureException">
    /// It holds something, or cannot be given away; the message says which.
    /// </exception>
    public static void Create(string folder, uint owner)
    {
        try
        {
            // Checked here too: a ledger that is there must not change hands by a mistyped path.
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            {
                throw new StartFailureException(
                    "folder_not_empty", $"{folder} is not empty. A ledger is only made in an empty folder.");
            }

            _ = Directory.CreateDirectory(
                folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartFailureException("folder_unusable", $"{folder}: {error.Message}", error);
        }

        if (ChangeOwner(folder, owner, owner) != 0)
        {
            throw new StartFailureException(
                "folder_unusable",
                $"{folder} cannot be given to user {owner}: error {Marshal.GetLastPInvokeError()}. It takes root, or "
                + "the capability CHOWN.");
        }
    }

    // lchown(2): a link put in its place meanwhile gives nothing else away.
    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint owner, uint group);
}
