using System.Text;
using System.Text.Json;
using k8s;

namespace Broker.Testing.Kubernetes;

/// <summary>Somebody whom the API server knows, by a client certificate or by a token.</summary>
public sealed class KubeUser
{
    private KubeUser(string name, object credentials) => (Name, Credentials) = (name, credentials);

    /// <summary>The user name that the API server sees, such as <c>system:node:node-a</c>.</summary>
    public string Name { get; }

    private object Credentials { get; }

    public static KubeUser WithCertificate(string name, string certificatePem, string keyPem) => new(
        name,
        new Dictionary<string, string>
        {
            ["client-certificate-data"] = Base64(certificatePem),
            ["client-key-data"] = Base64(keyPem),
        });

    public static KubeUser WithToken(string name, string token) =>
        new(name, new Dictionary<string, string> { ["token"] = token });

    /// <summary>A kubeconfig that holds all that is needed; it is JSON, which every reader of YAML takes.</summary>
    /// <param name="server">The API server's address.</param>
    /// <param name="authorityPem">The certificates that it is trusted by.</param>
    public string Kubeconfig(Uri server, string authorityPem)
    {
        var cluster = new Dictionary<string, string>
        {
            ["server"] = server.GetLeftPart(UriPartial.Authority),
            ["certificate-authority-data"] = Base64(authorityPem),
        };
        return JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["clusters"] = new[] { new { name = "test", cluster } },
            ["users"] = new[] { new { name = "user", user = Credentials } },
            ["contexts"] = new[] { new { name = "test", context = new { cluster = "test", user = "user" } } },
            ["current-context"] = "test",
        });
    }

    /// <summary>A client of its own.</summary>
    public k8s.Kubernetes Connect(Uri server, string authorityPem)
    {
        using var config = new MemoryStream(Encoding.UTF8.GetBytes(Kubeconfig(server, authorityPem)));
        return new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(config));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
