using System.Text.Json;
using System.Text.Json.Serialization;

namespace Broker.Contracts;

/// <summary>The wire types as a server reads them: unknown and duplicate members are refused.</summary>
public static class StrictJson
{
    /// <summary>The context to read request bodies with.</summary>
    public static BrokerJson Context { get; } = new(new JsonSerializerOptions(BrokerJson.Default.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
    });
}
