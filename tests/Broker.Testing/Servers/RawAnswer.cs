using System.Net;
using System.Text;
using System.Text.Json;
using Broker.Contracts;
using Broker.Contracts.Problems;

namespace Broker.Testing.Servers;

/// <summary>What came back, as it came.</summary>
public sealed record RawAnswer(
    HttpStatusCode Status, string? ContentType, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The problem; null for any other answer.</summary>
    public Problem? Problem { get; } = ContentType == Problem.MediaType && Body.Length > 0
        ? JsonSerializer.Deserialize(Body, BrokerJson.Default.Problem)
        : null;

    /// <summary>The problem's code, else the status.</summary>
    public string Outcome => Problem?.Code ?? ((int)Status).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
