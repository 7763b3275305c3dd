namespace Broker.Tests.Cli;

/// <summary>How a command line ended, and what it wrote.</summary>
internal sealed record CtlResult(int ExitCode, string Output, string Errors);
