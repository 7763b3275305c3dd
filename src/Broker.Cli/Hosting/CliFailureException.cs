namespace Broker.Cli.Hosting;

/// <summary>Something that the program cannot go on with, in words for the user, with what to do next.</summary>
internal sealed class CliFailureException(
    string code, string sentence, string next, Exception? inner = null)
    : Exception(sentence, inner)
{
    /// <summary>A code that never changes, in lower snake case; one of <see cref="CliCodes"/>.</summary>
    public string Code { get; } = code;

    /// <summary>What to do next.</summary>
    public string Next { get; } = next;

    /// <summary>The number that the program ends with.</summary>
    public int ExitCode { get; init; } = ExitCodes.Failed;
}
