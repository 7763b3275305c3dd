using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Broker.Agent.Requests;

/// <summary>A CertificateSigningRequest as the API server takes it.</summary>
internal static class NodeRequest
{
    public const string Signer = "kubernetes.io/kube-apiserver-client-kubelet";
    public const string Path = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

    /// <summary>The subject of a node: <c>O=system:nodes, CN=system:node:NAME</c>.</summary>
    public static X500DistinguishedName Subject(string nodeName)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName($"system:node:{nodeName}");
        subject.AddOrganizationName("system:nodes");
        return subject.Build();
    }

    /// <summary>The JSON to post. The server picks the name, as it does for kubelets that rotate.</summary>
    public static byte[] Write(string nodeName, ECDsa key, IReadOnlyList<string> usages)
    {
        var pem = new CertificateRequest(Subject(nodeName), key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", "certificates.k8s.io/v1");
            json.WriteString("kind", "CertificateSigningRequest");
            json.WriteStartObject("metadata");
            json.WriteString("generateName", "csr-");
            json.WriteEndObject();
            json.WriteStartObject("spec");
            json.WriteBase64String("request", System.Text.Encoding.ASCII.GetBytes(pem + "\n"));
            json.WriteString("signerName", Signer);
            json.WriteStartArray("usages");
            foreach (var usage in usages)
            {
                json.WriteStringValue(usage);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
