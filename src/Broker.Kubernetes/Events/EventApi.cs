using System.Net;
using System.Text.Json;
using Broker.Kubernetes.Client;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Broker.Kubernetes.Events;

/// <summary>Events and pods through the client library.</summary>
public sealed class EventApi(ClusterConnection connection, string instance) : IEventApi
{
    private const string Component = "broker";
    private readonly k8s.Kubernetes _client = connection.Client;

    /// <inheritdoc/>
    public Task<EventOutcome> CreateAsync(ClusterEvent item, CancellationToken cancellation) => DoAsync(
        () => _client.CoreV1.CreateNamespacedEventAsync(
            new Corev1Event
            {
                Metadata = new V1ObjectMeta { Name = item.Name, NamespaceProperty = item.Namespace },
                InvolvedObject = new V1ObjectReference
                {
                    ApiVersion = "v1",
                    Kind = item.About.Kind,
                    NamespaceProperty = item.About.Namespace.Length > 0 ? item.About.Namespace : null,
                    Name = item.About.Name,
                    Uid = item.About.Uid,
                },
                Type = "Warning",
                Reason = item.Reason,
                Message = item.Message,
                Count = item.Count,
                FirstTimestamp = item.First.UtcDateTime,
                LastTimestamp = item.Last.UtcDateTime,
                Source = new V1EventSource { Component = Component, Host = instance },
                ReportingComponent = Component,
                ReportingInstance = instance,
            },
            item.Namespace,
            cancellationToken: cancellation));

    /// <inheritdoc/>
    public Task<EventOutcome> CountAsync(ClusterEvent item, CancellationToken cancellation) => DoAsync(
        () => _client.CoreV1.PatchNamespacedEventAsync(
            new V1Patch(
                JsonSerializer.Serialize(new Dictionary<string, object>
                {
                    ["count"] = item.Count,
                    ["message"] = item.Message,
                    ["lastTimestamp"] = item.Last.UtcDateTime.ToString(
                        "yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
                }),
                V1Patch.PatchType.MergePatch),
            item.Name,
            item.Namespace,
            cancellationToken: cancellation));

    /// <inheritdoc/>
    public async Task<BoundPod?> FindPodAsync(string inNamespace, string name, CancellationToken cancellation)
    {
        try
        {
            var pod = await _client.CoreV1.ReadNamespacedPodAsync(
                name, inNamespace, cancellationToken: cancellation).ConfigureAwait(false);
            return new BoundPod(pod.Metadata.Uid, pod.Spec.NodeName ?? "");
        }
        catch (HttpOperationException error) when (
            error.Response?.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            // Who may not read pods cannot tell whose they are: to it, none is anybody's.
            return null;
        }
    }

    private static async Task<EventOutcome> DoAsync(Func<Task<Corev1Event>> call)
    {
        try
        {
            _ = await call().ConfigureAwait(false); // The object as it now is says nothing new.
            return EventOutcome.Written;
        }
        catch (HttpOperationException error) when (OutcomeOf(error) is { } outcome)
        {
            return outcome;
        }
    }

    private static EventOutcome? OutcomeOf(HttpOperationException error) => error.Response?.StatusCode switch
    {
        HttpStatusCode.NotFound => EventOutcome.Gone,
        // A namespace that ends takes nothing new and says so with the same status as a missing right does.
        HttpStatusCode.Forbidden when (error.Response.Content ?? "").Contains(
            "is being terminated", StringComparison.Ordinal) => EventOutcome.Refused,
        HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => EventOutcome.Forbidden,
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict =>
            EventOutcome.Refused,
        _ => null,
    };
}
