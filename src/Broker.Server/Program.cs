using System.CommandLine;
using Broker.Client;
using Broker.Server.Cli;
using Broker.Server.Hosting;

var root = new RootCommand(
    "broker: node identity and certificate-bound IPAM for Kubernetes.\n\n"
    + "Try it:      broker demo\n"
    + "In earnest:  broker init --data ./broker-data && broker serve --data ./broker-data")
{
    ServeCommand.Create(),
    InitCommand.Create(),
    PersonCommand.Create(),
    SettingsCommand.Create(),
    VerifyCommand.Create(),
    CaCommand.Create(),
    NodeCaCommand.Create(),
    FolderCommand.Create(),
    JournalCommand.Create(),
    DemoCommand.Create(),
};
HelpWithExample.AddTo(root);

try
{
    if (args.Length == 0)
    {
        _ = await root.Parse("--help").InvokeAsync(); // Help always succeeds; that nothing was asked for does not.
        return ExitCodes.Usage;
    }

    var parsed = root.Parse(args);
    return parsed.Errors.Count > 0
        ? await UsageAsync(parsed)
        : await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // Each command has its own limit; the default would end a broker that still answers after two seconds.
            ProcessTerminationTimeout = Timeout.InfiniteTimeSpan,
        });
}
catch (OperationCanceledException)
{
    return ExitCodes.Interrupted;
}
catch (StartFailureException failure)
{
    await Console.Error.WriteLineAsync($"broker: {failure.Code}: {failure.Message}");
    return ExitCodes.Failed;
}
catch (Exception failure) when (failure is BrokerUnreachableException or BrokerProblemException)
{
    await Console.Error.WriteLineAsync($"broker: {failure.Message}");
    return ExitCodes.Failed;
}

static async Task<int> UsageAsync(ParseResult parsed)
{
    foreach (var error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync($"broker: {error.Message}");
    }

    await Console.Error.WriteLineAsync("broker: see: broker --help");
    return ExitCodes.Usage;
}
