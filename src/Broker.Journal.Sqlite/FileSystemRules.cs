using Broker.Journal.Store;

namespace Broker.Journal.Sqlite;

/// <summary>
/// Local file systems only: SQLite's write-ahead log needs shared memory and locks that network file systems do not
/// give. Source: https://sqlite.org/wal.html, "all processes using a database must be on the same host computer".
/// </summary>
internal static class FileSystemRules
{
    // "v9fs" is what the runtime calls 9p.
    private static readonly string[] Refused = ["nfs", "cifs", "smb", "fuse", "9p", "v9fs"];

    /// <summary>The name of the file system that holds the folder, as the runtime gives it.</summary>
    public static string FormatOf(string folder) => new DriveInfo(folder).DriveFormat;

    /// <summary>Refuses a folder on a network file system.</summary>
    /// <exception cref="JournalStoreException"><c>file_system_refused</c>.</exception>
    public static void Require(string folder, string format)
    {
        if (Refused.Any(name => format.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new JournalStoreException(
                "file_system_refused",
                $"'{folder}' lies on '{format}', where locks and write-ahead log cannot be trusted. Use a folder on a "
                + "local disk.");
        }
    }
}
