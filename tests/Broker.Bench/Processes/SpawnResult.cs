namespace Broker.Bench.Processes;

/// <summary>How a program ended, 128 and the signal for one that was killed, and its standard output.</summary>
internal sealed record SpawnResult(int ExitCode, string Output);
