namespace Broker.Testing.Kubernetes;

/// <summary>What there is of programs that were told of a folder.</summary>
internal static class FolderTraces
{
    /// <summary>One line for each such process, each mount in it, and the folder.</summary>
    public static IReadOnlyList<string> Find(string folder) =>
    [
        .. from process in Processes()
           let command = Command(process)
           where command.Contains(folder, StringComparison.Ordinal)
           select $"process {Path.GetFileName(process)}: {command}",
        .. from line in File.ReadLines("/proc/self/mountinfo")
           where line.Contains(folder, StringComparison.Ordinal)
           select $"mount {line}",
        .. Directory.Exists(folder) ? [$"folder {folder}"] : Array.Empty<string>(),
    ];

    /// <summary>The folders of all processes in <c>/proc</c>.</summary>
    public static IEnumerable<string> Processes() => Directory.EnumerateDirectories("/proc")
        .Where(entry => char.IsAsciiDigit(Path.GetFileName(entry)[0]));

    /// <summary>The command line of a process; nothing when it has ended since it was listed.</summary>
    public static string Command(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }
}
