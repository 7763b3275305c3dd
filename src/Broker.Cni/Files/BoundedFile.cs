using Broker.Cni.Errors;

namespace Broker.Cni.Files;

/// <summary>Files that the configuration names.</summary>
internal static class BoundedFile
{
    /// <summary>The whole file.</summary>
    /// <exception cref="CniException">It cannot be read, or is too large; code 5, the key and the path named.</exception>
    public static byte[] Read(string path, string key, int bytesMax)
    {
        try
        {
            using var handle = File.OpenHandle(path);
            var length = RandomAccess.GetLength(handle);
            if (length > bytesMax)
            {
                throw Unreadable(path, key, $"it has {length} bytes, at most {bytesMax} are read");
            }

            var bytes = new byte[length];
            var read = RandomAccess.Read(handle, bytes, 0);
            return read == length ? bytes : bytes[..read];
        }
        catch (FileNotFoundException)
        {
            throw Unreadable(path, key, "there is no such file");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, key, error.Message);
        }
    }

    private static CniException Unreadable(string path, string key, string why) => new(
        CniErrorCode.Io,
        $"{key}: cannot read {Shown.Of(path)}: {why}",
        $"Correct {key} in the network configuration, or make the file readable for root.");
}
