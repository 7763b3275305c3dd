namespace Broker.Cli.Contexts;

/// <summary>A context, and by what it was chosen, such as <c>--context</c> or <c>$BROKER_CONTEXT</c>.</summary>
internal sealed record FoundContext(BrokerContext Context, string ChosenBy);
