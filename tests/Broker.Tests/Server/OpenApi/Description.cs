using System.Text.Json.Nodes;
using Broker.Server.Api;
using Broker.Testing.Servers;
using Microsoft.AspNetCore.Routing.Template;

namespace Broker.Tests.Server.OpenApi;

/// <summary>The document of one listener as a client gets it.</summary>
internal sealed class Description(string text)
{
    public string Text { get; } = text;

    public JsonNode Root { get; } = JsonNode.Parse(text)!;

    /// <summary>Every operation, as <c>METHOD PATH</c>.</summary>
    public IEnumerable<string> Operations =>
        from path in Root["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select $"{operation.Key.ToUpperInvariant()} {path.Key}";

    public static async Task<Description> ReadAsync(TestBroker broker, ListenerKind listener)
    {
        var api = broker.Raw(TestListener.People, broker.AuditorCertificate);
        var answer = await api.SendAsync("GET", $"/openapi.json?listener={listener.ToString().ToLowerInvariant()}");
        return answer.ContentType == "application/json"
            ? new Description(answer.Text)
            : throw new InvalidOperationException(answer.Text);
    }

    /// <summary>The name of the operation that a real path belongs to.</summary>
    public string IdOf(string method, string path) => (string)Find(method, path)!["operationId"]!;

    /// <summary>What is said of a real answer to a real path: faults, or none.</summary>
    public IReadOnlyList<string> Faults(string method, string path, RawAnswer answer)
    {
        if (Find(method, path) is not { } operation)
        {
            return [$"{method} {path} is not described."];
        }

        if (operation["responses"]?[$"{(int)answer.Status}"] is not { } response)
        {
            return [$"{method} {path}: {answer.Outcome} is not described."];
        }

        if (answer.Problem is { } problem && !((string)response["description"]!).Split(", ").Contains(problem.Code))
        {
            return [$"{method} {path}: the code {problem.Code} is not described."];
        }

        var content = response["content"]?[answer.ContentType ?? "none"];
        return content switch
        {
            null => [$"{method} {path}: {answer.ContentType} is not described."],
            _ when answer.ContentType!.EndsWith("json", StringComparison.Ordinal) =>
                new SchemaCheck(Root).Faults(content["schema"]!, JsonNode.Parse(answer.Text)),
            _ => [],
        };
    }

    private JsonNode? Find(string method, string path)
    {
        var template = Root["paths"]!.AsObject().Select(item => item.Key).FirstOrDefault(
            known => new TemplateMatcher(TemplateParser.Parse(known), []).TryMatch(path.Split('?')[0], []));
        return template is null ? null : Root["paths"]![template]![method.ToLowerInvariant()];
    }
}
