using System.Globalization;
using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;

namespace Broker.Testing.Dapr;

/// <summary>
/// What daprd makes of a published event: an envelope of its own, or, for <c>application/cloudevents+json</c>, the
/// sender's with topic, pubsubname and trace added.
/// </summary>
internal static class CloudEnvelope
{
    public static byte[] Of(PublishEventRequest request)
    {
        var envelope = request.DataContentType == "application/cloudevents+json"
            ? (JsonObject)JsonNode.Parse(request.Data.Span)!
            : new JsonObject
            {
                ["id"] = Guid.NewGuid().ToString(),
                ["source"] = "test",
                ["type"] = "com.dapr.event.sent",
                ["specversion"] = "1.0",
                ["datacontenttype"] = request.DataContentType.Length == 0 ? "text/plain" : request.DataContentType,
                ["time"] = TimeProvider.System.GetUtcNow().ToString(
                    "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                ["data"] = request.Data.ToStringUtf8(),
            };
        envelope["topic"] = request.Topic;
        envelope["pubsubname"] = request.PubsubName;
        envelope["traceparent"] = "00-00000000000000000000000000000000-0000000000000000-00";
        return System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(envelope);
    }
}
