using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Broker.Agent.Hosting;

namespace Broker.Agent.ApiServers;

/// <summary>Reads what options and kubeconfigs name.</summary>
internal static class AccessFiles
{
    private const int BytesMax = 1024 * 1024;

    /// <exception cref="AgentFailureException">It cannot be read, or is larger than 1 MiB.</exception>
    public static string Text(string path)
    {
        try
        {
            return new FileInfo(path).Length <= BytesMax
                ? File.ReadAllText(path)
                : throw new AgentFailureException("file_unreadable", $"{path} is larger than {BytesMax} bytes.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AgentFailureException("file_unreadable", $"{path} cannot be read: {error.Message}", error);
        }
    }

    /// <exception cref="AgentFailureException">It is no http(s) address: only https is trusted.</exception>
    public static Uri Server(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var server) && server.Scheme == Uri.UriSchemeHttps
            ? server
            : throw new AgentFailureException("server_invalid", $"'{text}' is not https://HOST:PORT.");

    /// <param name="pem">What should hold certificates.</param>
    /// <param name="place">Where it came from, for the message.</param>
    /// <exception cref="AgentFailureException">It holds none.</exception>
    public static X509Certificate2Collection Anchors(string pem, string place)
    {
        var anchors = new X509Certificate2Collection();
        try
        {
            anchors.ImportFromPem(pem);
        }
        catch (CryptographicException error)
        {
            throw new AgentFailureException(
                "ca_invalid", $"{place}: a certificate cannot be read: {error.Message}", error);
        }

        return anchors.Count > 0 ? anchors : throw new AgentFailureException(
            "ca_invalid", $"{place} holds no certificate; give the API server's CA as PEM.");
    }

    /// <exception cref="AgentFailureException">It is empty, or more than one word.</exception>
    public static string Token(string text, string place) =>
        text.Trim() is { Length: > 0 } token && !token.Any(char.IsWhiteSpace)
            ? token
            : throw new AgentFailureException(
                "token_invalid", $"{place} holds no token, such as abcdef.0123456789abcdef.");
}
