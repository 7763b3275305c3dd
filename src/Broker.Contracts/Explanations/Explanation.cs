namespace Broker.Contracts.Explanations;

/// <summary>What stands behind one code, for whoever met it and wants to get on.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Meaning">What it says, in a sentence or two.</param>
/// <param name="Why">Why the broker does this; empty where the meaning says it.</param>
/// <param name="Steps">
/// What to do, in this order; a line after the first is a command to type as it stands.
/// </param>
/// <param name="Look">Commands and places that show more; <c>UPPER</c> words are to be filled in.</param>
public sealed record Explanation(
    string Code, string Meaning, string Why, IReadOnlyList<string> Steps, IReadOnlyList<string> Look);
