namespace Broker.Testing.Processes;

/// <summary>How a program ended and what it said, by lines: on both streams, and on standard error alone.</summary>
public sealed record ProgramResult(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)
{
    /// <summary>All that it said, for the message of an assertion.</summary>
    public string Text => string.Join('\n', Output);
}
