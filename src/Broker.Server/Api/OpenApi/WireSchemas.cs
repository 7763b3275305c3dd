using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Broker.Contracts;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Broker.Server.Api.OpenApi;

/// <summary>
/// The wire types as schemas of a document, each once: what a type holds of another one is a reference. What is sent
/// to the broker is closed, because it refuses members that it does not know; what it answers is open, because members
/// may be added.
/// </summary>
internal sealed class WireSchemas(OpenApiDocument document)
{
    private readonly HashSet<Type> _known = [];

    /// <summary>A reference to the schema of a wire type; its first use puts the schema into the document.</summary>
    public OpenApiSchemaReference Of(Type type, bool isRequest)
    {
        Add(type, isRequest);
        return new OpenApiSchemaReference(type.Name, document);
    }

    private void Add(Type type, bool isRequest)
    {
        if (!_known.Add(type))
        {
            return;
        }

        var inner = new List<Type>();
        var node = InfoOf(type, isRequest).GetJsonSchemaAsNode(new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, schema) => Refer(context, schema, inner),
        });
        foreach (var found in inner)
        {
            Add(found, isRequest: false);
        }

        document.Components!.Schemas!.Add(type.Name, Parse(type, node));
    }

    private static JsonTypeInfo InfoOf(Type type, bool isRequest) =>
        (isRequest ? StrictJson.Context : BrokerJson.Default).GetTypeInfo(type)
            ?? throw new InvalidOperationException($"{type.Name} is no wire type: BrokerJson does not name it.");

    private static JsonNode Refer(JsonSchemaExporterContext context, JsonNode schema, List<Type> inner)
    {
        var type = context.TypeInfo.Type;
        if (context.Path.Length == 0 || context.TypeInfo.Kind != JsonTypeInfoKind.Object)
        {
            return schema;
        }

        inner.Add(type);
        var reference = new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" };
        return schema["type"] is JsonArray
            ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) }
            : reference;
    }

    private OpenApiSchema Parse(Type type, JsonNode node)
    {
        var schema = OpenApiModelFactory.Parse<OpenApiSchema>(
            node.ToJsonString(), OpenApiSpecVersion.OpenApi3_1, document, out var diagnostic, OpenApiConstants.Json);
        return schema is not null && diagnostic.Errors.Count == 0
            ? schema
            : throw new InvalidOperationException(
                $"{type.Name} gives no schema: {string.Join(' ', diagnostic.Errors.Select(error => error.Message))}");
    }
}
