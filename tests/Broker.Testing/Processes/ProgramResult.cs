namespace Broker.Testing.Processes;

/// <summary>How a program ended and what it said, line by line: on both streams together, and on standard error.</summary>
public sealed record ProgramResult(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)
{
    /// <summary>All that it said, for the message of an assertion.</summary>
    public string Text => string.Join('\n', Output);
}
