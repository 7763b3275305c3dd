using System.Collections.Concurrent;

namespace Broker.Server.Api.OpenApi;

/// <summary>The description of the surface: of the caller's own listener, or, to people, of any.</summary>
internal sealed class OpenApiEndpoint(IServiceProvider services)
{
    private readonly ConcurrentDictionary<ListenerKind, string> _documents = new();

    public Task ReadNodeAsync(HttpContext context)
    {
        _ = new QueryReader(context);
        return WriteAsync(context, ListenerKind.Node);
    }

    public Task ReadAsync(HttpContext context)
    {
        var word = new QueryReader(context, "listener").Text("listener") ?? "people";
        var listener = Enum.GetValues<ListenerKind>().Where(kind => ListenerDescription.Word(kind) == word).ToList();
        return listener.Count == 1
            ? WriteAsync(context, listener[0])
            : throw QueryReader.Invalid("listener", "is none of node, people, enrol, health");
    }

    private async Task WriteAsync(HttpContext context, ListenerKind listener)
    {
        if (!_documents.TryGetValue(listener, out var document))
        {
            // Asked for when the table is made already: it holds this endpoint.
            var table = services.GetRequiredService<EndpointTable>();
            document = await ListenerDescription.WriteAsync(listener, table.Rows, context.RequestAborted);
            document = _documents.GetOrAdd(listener, document);
        }

        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(document, context.RequestAborted);
    }
}
