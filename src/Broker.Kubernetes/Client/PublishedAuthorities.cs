using System.Net;
using k8s;
using k8s.Autorest;

namespace Broker.Kubernetes.Client;

/// <summary>
/// What the API server says about whose client certificates it takes. Source: k8s.io/apiserver
/// <c>pkg/authentication/request/headerrequest</c> and <c>pkg/server/options/authentication.go</c>.
/// </summary>
public static class PublishedAuthorities
{
    /// <summary>The namespace of the ConfigMap.</summary>
    public const string Namespace = "kube-system";

    /// <summary>The ConfigMap, which the API server itself writes.</summary>
    public const string ConfigMap = "extension-apiserver-authentication";

    /// <summary>Its key.</summary>
    public const string Key = "client-ca-file";

    /// <summary>The CAs of client certificates, as PEM.</summary>
    /// <exception cref="ClusterSettingsException">They cannot be read; the message says what is missing.</exception>
    public static async Task<string> ReadAsync(ClusterConnection connection, CancellationToken cancellation)
    {
        try
        {
            var map = await connection.Client.CoreV1.ReadNamespacedConfigMapAsync(
                ConfigMap, Namespace, cancellationToken: cancellation).ConfigureAwait(false);
            return map.Data is { } data && data.TryGetValue(Key, out var pem) && pem.Length > 0
                ? pem
                : throw new ClusterSettingsException(
                    $"The ConfigMap {Namespace}/{ConfigMap} has no {Key}: this API server takes no client "
                    + "certificates, or does not say which.");
        }
        catch (HttpOperationException error) when (error.Response?.StatusCode == HttpStatusCode.Forbidden)
        {
            throw new ClusterSettingsException(
                $"The ConfigMap {Namespace}/{ConfigMap} may not be read: bind the Role {ConfigMap}-reader to this "
                + "service account.",
                error);
        }
        catch (Exception error) when (error is HttpOperationException or HttpRequestException)
        {
            throw new ClusterSettingsException(
                $"The ConfigMap {Namespace}/{ConfigMap} cannot be read: {error.Message}", error);
        }
    }
}
