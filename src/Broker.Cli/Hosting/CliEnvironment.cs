namespace Broker.Cli.Hosting;

/// <summary>What the program takes from around it, besides its arguments.</summary>
/// <param name="Variable">An environment variable, or null.</param>
/// <param name="Folder">The folder that it runs in.</param>
/// <param name="Input">Standard input.</param>
/// <param name="Time">The clock, for times such as <c>10m ago</c>.</param>
internal sealed record CliEnvironment(
    Func<string, string?> Variable, string Folder, TextReader Input, TimeProvider Time)
{
    /// <summary>This process's own.</summary>
    public static CliEnvironment OfProcess() => new(
        Environment.GetEnvironmentVariable, Directory.GetCurrentDirectory(), Console.In, TimeProvider.System);
}
