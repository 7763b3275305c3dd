using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace Broker.SystemTests.Cni.Containerd;

/// <summary>
/// An image that does nothing but wait, made of Debian's static busybox: no registry is asked. The form is that of
/// <c>docker save</c>.
/// </summary>
internal static class SandboxImage
{
    public const string Name = "localhost/broker-test-pause:1";

    /// <summary>Where busybox-static puts its program.</summary>
    public const string Busybox = "/bin/busybox";

    /// <summary>Writes the archive that <c>ctr images import</c> takes.</summary>
    public static void Write(string path)
    {
        using var layer = new MemoryStream();
        using (var tar = new TarWriter(layer, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "bin/") { Mode = (UnixFileMode)0x1ED });
            Add(tar, "bin/busybox", File.ReadAllBytes(Busybox), (UnixFileMode)0x1ED);
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(layer.ToArray()));
        var config = Encoding.UTF8.GetBytes(
            "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Entrypoint\":[\"/bin/busybox\",\"sleep\",\"3600\"]},"
            + $"\"rootfs\":{{\"type\":\"layers\",\"diff_ids\":[\"sha256:{hash}\"]}}}}");
        using var archive = new TarWriter(File.Create(path), TarEntryFormat.Ustar);
        Add(archive, "config.json", config, (UnixFileMode)0x1A4);
        Add(archive, "layer.tar", layer.ToArray(), (UnixFileMode)0x1A4);
        Add(
            archive,
            "manifest.json",
            Encoding.UTF8.GetBytes(
                $"[{{\"Config\":\"config.json\",\"RepoTags\":[\"{Name}\"],\"Layers\":[\"layer.tar\"]}}]"),
            (UnixFileMode)0x1A4);
    }

    private static void Add(TarWriter tar, string name, byte[] content, UnixFileMode mode) =>
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(content),
            Mode = mode,
        });
}
