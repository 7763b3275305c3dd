using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Broker.Agent.Hosting;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Broker.Agent.ApiServers;

/// <summary>
/// Reads the current context of a kubeconfig: server, CA, and token or client certificate. What would run another
/// program or leave the server unchecked is refused.
/// </summary>
internal static class KubeconfigReader
{
    private static readonly string[] unsupported = ["exec", "auth-provider", "username", "password"];

    /// <exception cref="AgentFailureException">It cannot be read or says something else.</exception>
    public static ApiServerAccess Read(string path)
    {
        var root = Parse(AccessFiles.Text(path), path);
        var context = Named(root, "contexts", Text(root, "current-context", path), "context", path);
        var cluster = Named(root, "clusters", Text(context, "cluster", path), "cluster", path);
        var user = Named(root, "users", Text(context, "user", path), "user", path);
        if (Optional(cluster, "insecure-skip-tls-verify") == "true")
        {
            throw Wrong(path, "insecure-skip-tls-verify is refused; give certificate-authority-data");
        }

        if (unsupported.FirstOrDefault(key => Child(user, key) is not null) is { } key)
        {
            throw Wrong(path, $"the user's {key} is not supported; give a token or a client certificate");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var anchors = Data(cluster, "certificate-authority", folder, path)
            ?? throw Wrong(path, "the cluster has no certificate-authority");
        return new ApiServerAccess(
            AccessFiles.Server(Text(cluster, "server", path)),
            AccessFiles.Anchors(anchors, $"{path}: certificate-authority"),
            TokenOf(user, folder, path),
            CertificateOf(user, folder, path));
    }

    private static string? TokenOf(YamlMappingNode user, string folder, string path)
    {
        var token = Optional(user, "token")
            ?? (Optional(user, "tokenFile") is { } file ? AccessFiles.Text(Path.Combine(folder, file)) : null);
        return token is null ? null : AccessFiles.Token(token, path);
    }

    private static X509Certificate2? CertificateOf(YamlMappingNode user, string folder, string path)
    {
        if (Data(user, "client-certificate", folder, path) is not { } certificate)
        {
            return null;
        }

        var key = Data(user, "client-key", folder, path) ?? throw Wrong(path, "the user has no client-key");
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw Wrong(path, $"the user's certificate and key cannot be used: {error.Message}");
        }
    }

    // NAME-data holds it in base64 and wins; NAME is a file, from the kubeconfig's folder.
    private static string? Data(YamlMappingNode node, string name, string folder, string path)
    {
        if (Optional(node, $"{name}-data") is { } data)
        {
            try
            {
                return Encoding.UTF8.GetString(Convert.FromBase64String(data));
            }
            catch (FormatException)
            {
                throw Wrong(path, $"{name}-data is not base64");
            }
        }

        return Optional(node, name) is { } file ? AccessFiles.Text(Path.Combine(folder, file)) : null;
    }

    private static YamlMappingNode Parse(string text, string path)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.FirstOrDefault()?.RootNode as YamlMappingNode
                ?? throw Wrong(path, "it is no mapping");
        }
        catch (YamlException error)
        {
            throw Wrong(path, $"it is not YAML: {error.Message}");
        }
    }

    private static YamlMappingNode Named(
        YamlMappingNode root, string list, string name, string member, string path) =>
        (Child(root, list) as YamlSequenceNode)?.Children.OfType<YamlMappingNode>()
            .Where(item => Optional(item, "name") == name)
            .Select(item => Child(item, member))
            .OfType<YamlMappingNode>()
            .FirstOrDefault()
        ?? throw Wrong(path, $"no {member} is named '{name}'");

    private static string Text(YamlMappingNode node, string key, string path) =>
        Optional(node, key) ?? throw Wrong(path, $"{key} is missing");

    private static string? Optional(YamlMappingNode node, string key) =>
        Child(node, key) is YamlScalarNode { Value.Length: > 0 } scalar ? scalar.Value : null;

    private static YamlNode? Child(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static AgentFailureException Wrong(string path, string what) =>
        new("kubeconfig_invalid", $"{path}: {what}.");
}
