namespace Broker.Cli.Nodes;

/// <summary>A change of standing: the word of the command, its route, and what the node is then.</summary>
internal sealed record StandingVerb(string Name, string Route, string Standing);
