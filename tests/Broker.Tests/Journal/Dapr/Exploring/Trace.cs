namespace Broker.Tests.Journal.Dapr.Exploring;

/// <summary>How a moment was reached.</summary>
internal sealed record Trace(Trace? Before, string What)
{
    public override string ToString() => Before is null ? What : $"{Before}\n{What}";
}
