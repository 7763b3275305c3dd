using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Broker.Cni.Brokers;

namespace Broker.Cni.Spool;

/// <summary>A release that one broker is still to be told.</summary>
/// <param name="Server">Scheme, host and port of its node listener.</param>
/// <param name="Attachment">What is released.</param>
internal sealed record SpooledRelease(string Server, AttachmentName Attachment)
{
    /// <summary>What entries are called after their hash.</summary>
    public const string Suffix = ".release";

    private string? _fileName;

    /// <summary>Of an attachment there is at most one: the names contain neither blanks nor line ends.</summary>
    public string FileName => _fileName ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{Server}\n{Attachment.Network}\n{Attachment.ContainerId}\n{Attachment.Interface}"))) + Suffix;

    public byte[] Encode()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("server", Server);
            json.WriteString("network", Attachment.Network);
            json.WriteString("containerId", Attachment.ContainerId);
            json.WriteString("interface", Attachment.Interface);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An entry, or null for bytes that are none.</summary>
    public static SpooledRelease? Decode(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var root = document.RootElement;
            return new SpooledRelease(
                Text("server"), new AttachmentName(Text("network"), Text("containerId"), Text("interface")));

            string Text(string name) => root.GetProperty(name).GetString() ?? throw new FormatException(name);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException)
        {
            return null;
        }
    }
}
