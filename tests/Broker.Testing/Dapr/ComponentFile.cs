using YamlDotNet.RepresentationModel;

namespace Broker.Testing.Dapr;

/// <summary>
/// A component as daprd reads it from a file: name, type, metadata with its secrets looked up, scopes.
/// </summary>
public sealed record ComponentFile(
    string Name,
    string Type,
    string Version,
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Secrets)
{
    /// <summary>Reads one; <paramref name="secrets"/> is the environment of the sidecar.</summary>
    /// <exception cref="InvalidDataException">
    /// The file is no component, or names a secret that is not there.
    /// </exception>
    public static ComponentFile Read(string path, IReadOnlyDictionary<string, string> secrets)
    {
        var root = Load(path);
        if (Text(root, "kind") != "Component" || Text(root, "apiVersion") != "dapr.io/v1alpha1")
        {
            throw new InvalidDataException($"{path} is no component.");
        }

        var spec = Map(root, "spec");
        var (metadata, used) = (new Dictionary<string, string>(), new List<string>());
        foreach (var item in List(spec, "metadata").Cast<YamlMappingNode>())
        {
            if (Find(item, "secretKeyRef") is YamlMappingNode reference)
            {
                var key = Text(reference, "key");
                metadata[Text(item, "name")] = secrets.TryGetValue(key, out var secret)
                    ? secret
                    : throw new InvalidDataException($"{path}: the secret '{key}' is not there.");
                used.Add(Text(item, "name"));
            }
            else
            {
                metadata[Text(item, "name")] = Text(item, "value");
            }
        }

        return new ComponentFile(
            Text(Map(root, "metadata"), "name"),
            Text(spec, "type"),
            Text(spec, "version"),
            metadata,
            [.. List(root, "scopes").Select(scope => scope.ToString())],
            used);
    }

    /// <summary>The component over its server; the address in the file stands for another machine's.</summary>
    public async Task<IStateComponent> ConnectAsync(RedisServer? redis) => (Type, Version) switch
    {
        ("state.redis", "v1") => await RedisComponent.ConnectAsync(redis!.Port),
        ("state.postgresql", "v2") => await PostgresComponent.ConnectAsync(
            Metadata["connectionString"], Metadata["tablePrefix"]),
        var other => throw new InvalidDataException($"The double has no {other}."),
    };

    private static YamlMappingNode Load(string path)
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(path);
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    private static YamlNode? Find(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;

    private static YamlMappingNode Map(YamlMappingNode map, string key) =>
        Find(map, key) as YamlMappingNode ?? throw new InvalidDataException($"'{key}' is missing.");

    private static string Text(YamlMappingNode map, string key) =>
        (Find(map, key) as YamlScalarNode)?.Value ?? throw new InvalidDataException($"'{key}' is missing.");

    private static IEnumerable<YamlNode> List(YamlMappingNode map, string key) =>
        Find(map, key) is YamlSequenceNode list ? list.Children : [];
}
