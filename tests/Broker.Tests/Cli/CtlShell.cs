using Broker.Cli.Hosting;
using Broker.Cli.Output;
using Broker.Testing.Processes;

namespace Broker.Tests.Cli;

/// <summary>Runs command lines in this process: a home of its own, no terminal unless a width is given.</summary>
internal sealed class CtlShell : IDisposable
{
    /// <summary>The home, and the folder that command lines run in.</summary>
    public TempFolder Home { get; } = new();

    /// <summary>Environment variables besides HOME.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Standard input.</summary>
    public string Input { get; set; } = string.Empty;

    /// <summary>The width of the terminal; null for a pipe.</summary>
    public int? Columns { get; set; }

    public bool Colours { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public async Task<CtlResult> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        using var input = new StringReader(Input);
        Variables["HOME"] = Home.Path;
        var code = await CtlProgram.RunAsync(
            arguments,
            new Screen(output, errors, Columns, null, Colours),
            new CliEnvironment(name => Variables.GetValueOrDefault(name), Home.Path, input, Time));
        return new CtlResult(code, output.ToString(), errors.ToString());
    }

    public void Dispose() => Home.Dispose();
}
