using System.Text;
using Broker.Agent.ApiServers;
using Broker.Agent.Hosting;
using Broker.Core.Names;

namespace Broker.Agent.Blocks;

/// <summary>
/// The id of the node's one request for blocks, on the disk before it is sent: whatever happens in between, the next
/// try is a repeat and no second request.
/// </summary>
internal sealed class RequestFile(string path)
{
    private readonly string _path = Path.GetFullPath(path);

    /// <summary>The id that lies there, or a new one that does from now on.</summary>
    /// <exception cref="AgentFailureException">It cannot be read or written, or holds something else.</exception>
    public string Take()
    {
        if (!File.Exists(_path))
        {
            return Renew();
        }

        var text = AccessFiles.Text(_path).Trim();
        return RequestId.TryParse(text, out _) ? text : throw new AgentFailureException(
            "request_file_taken", $"{_path} holds no request id. Move it away, or name another file.");
    }

    /// <summary>A new id in the place of one whose blocks have ended.</summary>
    /// <exception cref="AgentFailureException">It cannot be written.</exception>
    public string Renew()
    {
        var id = Guid.NewGuid().ToString();
        var beside = $"{_path}.{id}.new";
        try
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(Encoding.ASCII.GetBytes(id + "\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, _path, overwrite: true);
            return id;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            throw new AgentFailureException(
                "request_file_unwritable", $"{_path} cannot be written: {error.Message}", error);
        }
    }
}
