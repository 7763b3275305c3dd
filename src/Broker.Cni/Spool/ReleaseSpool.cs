using Broker.Cni.Files;

namespace Broker.Cni.Spool;

/// <summary>
/// Releases that no broker has answered yet, one file each. Whoever tells a broker of one holds <see cref="LockPath"/>
/// meanwhile, and so does an ADD of the same attachment: a release that is on its way must not end what that ADD is
/// granted.
/// </summary>
internal sealed class ReleaseSpool(string folder)
{
    /// <summary>Most entries; more than the pods that a node ends while its broker is away for days.</summary>
    public const int EntriesMax = 10_000;

    private const string AsideSuffix = ".aside";

    public string LockPath => Path.Combine(folder, "lock");

    /// <summary>Whether it waits to be told. Most nodes never had a spool, and need no hash for its name.</summary>
    public bool Contains(SpooledRelease entry) =>
        Directory.Exists(folder) && File.Exists(Path.Combine(folder, entry.FileName));

    /// <summary>Whether there is anything to tell.</summary>
    public bool IsEmpty => !Directory.Exists(folder) || FirstNames(1).Count == 0;

    /// <summary>Adds an entry, durably; once it is there, nothing changes.</summary>
    /// <exception cref="IOException">It could not be made durable, or the spool is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public void Add(SpooledRelease entry)
    {
        if (!Directory.Exists(folder))
        {
            MakeFolder(folder);
        }

        if (FirstNames(EntriesMax).Count >= EntriesMax)
        {
            throw new IOException($"{folder} has {EntriesMax} releases already");
        }

        DurableFile.Write(folder, entry.FileName, entry.Encode());
    }

    /// <summary>Some of the entries for one server, in no order. The caller holds the lock.</summary>
    public IReadOnlyList<SpooledRelease> Read(string server, int countMax)
    {
        List<SpooledRelease> found = [];
        foreach (var name in FirstNames(EntriesMax))
        {
            if (found.Count == countMax)
            {
                break;
            }

            if (ReadOne(name) is { } entry && entry.Server == server)
            {
                found.Add(entry);
            }
        }

        return found;
    }

    /// <summary>Takes out what a broker has answered. The caller holds the lock.</summary>
    public void Remove(SpooledRelease entry) => File.Delete(Path.Combine(folder, entry.FileName));

    /// <summary>Keeps a file, for a person to look at, out of the way of the others.</summary>
    public void SetAside(string fileName)
    {
        var path = Path.Combine(folder, fileName);
        File.Move(path, path + AsideSuffix, overwrite: true);
    }

    private SpooledRelease? ReadOne(string name)
    {
        var entry = SpooledRelease.Decode(File.ReadAllBytes(Path.Combine(folder, name)));
        if (entry is null || entry.FileName != name)
        {
            SetAside(name);
            return null;
        }

        return entry;
    }

    private List<string> FirstNames(int countMax)
    {
        List<string> names = [];
        foreach (var path in Directory.EnumerateFiles(folder, "*" + SpooledRelease.Suffix))
        {
            if (names.Count == countMax)
            {
                break;
            }

            names.Add(Path.GetFileName(path));
        }

        return names;
    }

    // Each level by itself: a new name is durable once the folder above it is.
    private static void MakeFolder(string path)
    {
        if (Path.GetDirectoryName(path) is { } above && !Directory.Exists(path))
        {
            MakeFolder(above);
            _ = Directory.CreateDirectory(path, FileLock.FolderMode);
            DurableFile.SyncFolder(above);
        }
    }
}
