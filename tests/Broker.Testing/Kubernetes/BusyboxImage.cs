using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Broker.Testing.Kubernetes;

/// <summary>
/// A container image of Debian's static busybox, for pods and for the sandboxes below them: no registry is needed.
/// Its entry point waits and ends at once on SIGTERM. Source: OCI image layout 1.0.
/// </summary>
public static class BusyboxImage
{
    /// <summary>The name that it is imported under.</summary>
    public const string Name = "broker.test/busybox:1";

    /// <summary>Where Debian's package <c>busybox-static</c> puts the program.</summary>
    public const string Program = "/bin/busybox";

    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    private const string ConfigType = "application/vnd.oci.image.config.v1+json";
    private const string LayerType = "application/vnd.oci.image.layer.v1.tar";

    private static readonly string[] commands =
        ["sh", "sleep", "cat", "echo", "ls", "ip", "ping", "wget", "nc", "httpd", "mkdir", "true", "false"];

    private static readonly string[] entrypoint =
        ["/bin/sh", "-c", "trap 'exit 0' TERM INT; while :; do sleep 3600 & wait $!; done"];

    /// <summary>Writes it as a tar that <c>ctr images import</c> takes.</summary>
    public static void Write(string file)
    {
        var layer = Tar(writer =>
        {
            AddFile(writer, "bin/busybox", File.ReadAllBytes(Program), executable: true);
            foreach (var command in commands)
            {
                writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, $"bin/{command}") { LinkName = "busybox" });
            }

            AddFile(writer, "etc/passwd", "root:x:0:0:root:/:/bin/sh\n"u8.ToArray(), executable: false);
        });
        var config = Json(new
        {
            architecture = Architecture,
            os = "linux",
            config = new Dictionary<string, object> { ["Entrypoint"] = entrypoint, ["Env"] = new[] { "PATH=/bin" } },
            rootfs = new { type = "layers", diff_ids = new[] { Digest(layer) } },
        });
        var manifest = Json(new
        {
            schemaVersion = 2,
            mediaType = ManifestType,
            config = Descriptor(ConfigType, config),
            layers = new[] { Descriptor(LayerType, layer) },
        });
        var index = Descriptor(ManifestType, manifest);
        index["annotations"] = new Dictionary<string, string> { ["io.containerd.image.name"] = Name };
        File.WriteAllBytes(file, Tar(writer =>
        {
            AddFile(writer, "oci-layout", Json(new { imageLayoutVersion = "1.0.0" }), executable: false);
            AddFile(writer, "index.json", Json(new { schemaVersion = 2, manifests = new[] { index } }), executable: false);
            foreach (var blob in new[] { layer, config, manifest })
            {
                AddFile(writer, $"blobs/{Digest(blob).Replace(':', '/')}", blob, executable: false);
            }
        }));
    }

    private static string Architecture =>
        System.Runtime.InteropServices.RuntimeInformation.OSArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
            _ => "amd64",
        };

    private static Dictionary<string, object> Descriptor(string type, byte[] content) => new()
    {
        ["mediaType"] = type,
        ["digest"] = Digest(content),
        ["size"] = content.Length,
    };

    private static byte[] Tar(Action<TarWriter> fill)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            fill(writer);
        }

        return stream.ToArray();
    }

    private static void AddFile(TarWriter writer, string name, byte[] content, bool executable)
    {
        using var stream = new MemoryStream(content);
        writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = stream,
            Mode = (UnixFileMode)Convert.ToInt32(executable ? "755" : "644", 8),
        });
    }

    private static string Digest(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    private static byte[] Json(object value) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value));
}
