using System.Text;
using System.Text.Json;
using Broker.Cni.Files;

namespace Broker.Cni.Install;

/// <summary>
/// Puts the plugin, the broker's CA and the configuration list on a host, in this order: a runtime that sees the list
/// finds all that it names. Each file is replaced whole, and only when its content differs.
/// </summary>
internal sealed class Installer(InstallArguments arguments, string program, Action<string> say)
{
    /// <summary>The plugin's name in the runtime's folder.</summary>
    public const string PluginName = "broker-ipam";

    private const int TextBytesMax = 256 * 1024;
    private const int ProgramBytesMax = 64 * 1024 * 1024;

    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode ForAllToRun =
        ForAll | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private string Plugin => Path.Combine(arguments.BinFolder, PluginName);

    /// <summary>Deletes what an install that was killed half-way left beside its files.</summary>
    public void Sweep()
    {
        foreach (var target in new[] { Plugin, arguments.CaFile, arguments.ConfFile })
        {
            var folder = Path.GetDirectoryName(target)!;
            foreach (var left in Directory.Exists(folder)
                ? Directory.GetFiles(folder, $".{Path.GetFileName(target)}.*")
                : [])
            {
                File.Delete(left);
            }
        }
    }

    /// <summary>Makes the host's files what they should be.</summary>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    /// <exception cref="JsonException">The template is not JSON.</exception>
    public void Put()
    {
        var list = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Read(arguments.ConfTemplate, TextBytesMax))
            .Replace(InstallArguments.ServerWord, arguments.Server, StringComparison.Ordinal));
        using (JsonDocument.Parse(list))
        {
            // A runtime would pass over a list that cannot be read, without a word to whoever wrote it.
        }

        Put(Plugin, Read(program, ProgramBytesMax), ForAllToRun);
        Put(arguments.CaFile, Read(arguments.CaSource, TextBytesMax), ForAll);
        Put(arguments.ConfFile, list, ForAll);
    }

    /// <summary>Takes them away, the configuration list first.</summary>
    public void Remove()
    {
        foreach (var target in new[] { arguments.ConfFile, Plugin, arguments.CaFile }.Where(File.Exists))
        {
            File.Delete(target);
            say($"removed {target}");
        }
    }

    private void Put(string target, byte[] content, UnixFileMode mode)
    {
        var folder = Path.GetDirectoryName(target)!;
        _ = Directory.CreateDirectory(folder);
        if (File.Exists(target) && File.GetUnixFileMode(target) == mode && Holds(target, content))
        {
            return;
        }

        DurableFile.Write(folder, Path.GetFileName(target), content, mode);
        say($"put {target}, {content.Length} bytes");
    }

    private static bool Holds(string file, byte[] content) =>
        new FileInfo(file).Length == content.Length && File.ReadAllBytes(file).AsSpan().SequenceEqual(content);

    private static byte[] Read(string file, int bytesMax) => new FileInfo(file).Length <= bytesMax
        ? File.ReadAllBytes(file)
        : throw new IOException($"{file} is larger than {bytesMax} bytes");
}
