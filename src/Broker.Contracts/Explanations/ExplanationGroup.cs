namespace Broker.Contracts.Explanations;

/// <summary>Explanations that belong together, under a heading such as <c>Who the caller is</c>.</summary>
public sealed record ExplanationGroup(string Title, IReadOnlyList<Explanation> Explanations);
