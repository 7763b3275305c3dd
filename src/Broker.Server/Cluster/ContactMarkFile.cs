using System.Globalization;
using System.Text;
using Broker.Kubernetes.Recording;

namespace Broker.Server.Cluster;

/// <summary>
/// <c>witness.mark</c> in the data folder: when the cluster was last heard. Lost or damaged it reads as never, which
/// records a longer gap than there was, not a shorter one.
/// </summary>
internal sealed class ContactMarkFile(string dataFolder) : IContactMark
{
    private const int BytesMax = 64;
    private readonly string _path = Path.Combine(dataFolder, "witness.mark");

    /// <inheritdoc/>
    public DateTimeOffset? Read()
    {
        var file = new FileInfo(_path);
        return file.Exists && file.Length <= BytesMax && DateTimeOffset.TryParseExact(
            File.ReadAllText(_path).Trim(), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
                ? at
                : null;
    }

    /// <inheritdoc/>
    public void Write(DateTimeOffset at)
    {
        // Renamed into place: a crash leaves the old mark or the new one.
        var next = _path + ".next";
        File.WriteAllText(next, at.ToString("O", CultureInfo.InvariantCulture), Encoding.ASCII);
        File.Move(next, _path, overwrite: true);
    }
}
