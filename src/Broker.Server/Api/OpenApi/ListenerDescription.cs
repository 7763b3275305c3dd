using System.Text.Json.Nodes;
using Broker.Contracts.Problems;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.OpenApi;

namespace Broker.Server.Api.OpenApi;

/// <summary>
/// The OpenAPI 3.1 document of one listener, made of its rows of the endpoint table. One document a listener, because
/// a path can mean one thing to nodes and another to people.
/// </summary>
internal sealed class ListenerDescription
{
    private const string MutualTls = "mutualTls";
    private const string BootstrapToken = "bootstrapToken";

    private readonly OpenApiDocument _document;
    private readonly WireSchemas _schemas;

    private ListenerDescription(ListenerKind listener)
    {
        _document = new OpenApiDocument
        {
            Info = new OpenApiInfo { Title = $"Broker, {Word(listener)} listener", Version = "v1" },
            Paths = [],
            Components = new OpenApiComponents
            {
                Schemas = new Dictionary<string, IOpenApiSchema>(),
                SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    [MutualTls] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.MutualTLS,
                        Description = "A client certificate of the CA of this listener.",
                    },
                    [BootstrapToken] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.Http,
                        Scheme = "bearer",
                        Description = "A bootstrap token, as an operator issues it.",
                    },
                },
            },
        };
        _document.AddExtension("x-broker-listener", new JsonNodeExtension(Word(listener)));
        _schemas = new WireSchemas(_document);
    }

    /// <summary>The document as indented JSON.</summary>
    public static async Task<string> WriteAsync(
        ListenerKind listener, IEnumerable<EndpointRow> rows, CancellationToken cancellation)
    {
        var description = new ListenerDescription(listener);
        foreach (var row in rows.Where(row => row.Listener == listener))
        {
            description.Add(row);
        }

        description._document.RegisterComponents();
        return await description._document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellation) + "\n";
    }

    /// <summary>The word of a listener in settings and documents.</summary>
    public static string Word(ListenerKind listener) => listener.ToString().ToLowerInvariant();

    private void Add(EndpointRow row)
    {
        var about = row.About ?? throw new InvalidOperationException($"{row.Method} {row.Path} is not described.");
        if (!_document.Paths.TryGetValue(row.Path, out var item))
        {
            _document.Paths.Add(row.Path, item = new OpenApiPathItem());
        }

        var operation = new OpenApiOperation
        {
            OperationId = about.Id,
            Summary = about.Summary,
            Parameters = [.. PathParameters(row), .. about.Query.Select(Parameter)],
            RequestBody = about.Takes is null ? null : new OpenApiRequestBody
            {
                Required = !about.BodyOptional,
                Content = Content(about.Takes, "application/json", isRequest: true),
            },
            Responses = Responses(row, about),
            Security = Security(row.Allowed),
        };
        operation.AddExtension("x-broker-callers", new JsonNodeExtension(Callers(row.Allowed)));
        ((OpenApiPathItem)item).AddOperation(HttpMethod.Parse(row.Method), operation);
    }

    private static IEnumerable<IOpenApiParameter> PathParameters(EndpointRow row) =>
        RoutePatternFactory.Parse(row.Path).Parameters.Select(parameter => new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Path,
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });

    private static IOpenApiParameter Parameter(QueryParameter parameter) => new OpenApiParameter
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Summary,
        Required = parameter.Required,
        Schema = new OpenApiSchema
        {
            Type = parameter.Kind switch
            {
                QueryKind.Number => JsonSchemaType.Integer,
                QueryKind.Flag => JsonSchemaType.Boolean,
                _ => JsonSchemaType.String,
            },
            Enum = parameter.Values.Count == 0 ? null : [.. parameter.Values.Select(value => (JsonNode)value)],
        },
    };

    private OpenApiResponses Responses(EndpointRow row, EndpointAbout about)
    {
        var content = about.Gives is null ? [] : Content(about.Gives, "application/json", isRequest: false);
        if (about.Media is { } media)
        {
            content.Add(media, new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        }

        var responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse { Description = "Done.", Content = content },
        };
        foreach (var group in CommonProblems.Of(row).GroupBy(problem => problem.Status, problem => problem.Code))
        {
            responses.Add($"{group.Key}", ProblemResponse(string.Join(", ", group)));
        }

        if (about.ExaminesCsr)
        {
            responses.Add("422", ProblemResponse("A reason of the certificate rules: the signing request is refused."));
        }

        if (row.Listener == ListenerKind.Health)
        {
            responses.Add("503", new OpenApiResponse { Description = "Not now; the text says why." });
        }

        return responses;
    }

    private OpenApiResponse ProblemResponse(string description) => new()
    {
        Description = description,
        Content = Content(typeof(Problem), Problem.MediaType, isRequest: false),
    };

    private Dictionary<string, IOpenApiMediaType> Content(Type type, string media, bool isRequest) =>
        new() { [media] = new OpenApiMediaType { Schema = _schemas.Of(type, isRequest) } };

    private List<OpenApiSecurityRequirement> Security(CallerKinds allowed) =>
        (allowed & CallerKinds.Anybody) != 0
            ? []
            :
            [
                new()
                {
                    [new OpenApiSecuritySchemeReference(
                        (allowed & CallerKinds.TokenHolder) != 0 ? BootstrapToken : MutualTls, _document)] = [],
                },
            ];

    private static JsonArray Callers(CallerKinds allowed) =>
    [
        .. Enum.GetValues<CallerKinds>()
            .Where(kind => kind != CallerKinds.None && (allowed & kind) != 0)
            .Select(kind => (JsonNode)(char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..])),
    ];
}
