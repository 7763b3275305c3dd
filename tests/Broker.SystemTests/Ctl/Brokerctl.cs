using Broker.Testing.Processes;

namespace Broker.SystemTests.Ctl;

/// <summary>The built <c>brokerctl</c>, as a process of its own.</summary>
internal static class Brokerctl
{
    /// <summary>The dll that lies beside the tests, from the same build.</summary>
    public static string Dll { get; } = Path.Combine(AppContext.BaseDirectory, "brokerctl.dll");

    /// <summary>Runs it to its end, with a context and a home that nobody else uses.</summary>
    public static Task<ProgramResult> RunAsync(string context, string home, params IEnumerable<string> arguments) =>
        BrokerProgram.RunAsync(TestProcess.StartDotnet(Dll, arguments, start =>
        {
            start.WorkingDirectory = home;
            start.Environment["HOME"] = home;
            start.Environment["BROKER_CONTEXT"] = context;
            _ = start.Environment.Remove("XDG_CONFIG_HOME"); // False where it is not set.
        }));

    /// <summary>Standard output alone.</summary>
    public static string Answer(ProgramResult result) =>
        string.Join('\n', result.Output.Where(line => !result.Errors.Contains(line)));

    /// <summary>Writes a program of its name into a folder, as an installation has it.</summary>
    public static void Install(TempFolder folder) =>
        _ = folder.WriteProgram("bin/brokerctl", $"#!/bin/sh\nexec '{DotnetHost.Path}' '{Dll}' \"$@\"\n");
}
