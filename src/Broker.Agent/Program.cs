using System.CommandLine;
using Broker.Agent.Cli;
using Broker.Agent.Hosting;

var root = new RootCommand(
    "broker-agent: a node's own part of Broker. So far it gets and renews the node's certificate, and asks "
    + "for the node's blocks.")
{
    BootstrapCommand.Create(),
    BlocksCommand.Create(),
};

try
{
    if (args.Length == 0)
    {
        _ = await root.Parse("--help").InvokeAsync(); // Help always succeeds; that nothing was asked for does not.
        return ExitCodes.Usage;
    }

    var parsed = root.Parse(args);
    if (parsed.Errors.Count > 0)
    {
        foreach (var error in parsed.Errors)
        {
            await Console.Error.WriteLineAsync($"broker-agent: {error.Message}");
        }

        await Console.Error.WriteLineAsync("broker-agent: see: broker-agent --help");
        return ExitCodes.Usage;
    }

    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    return ExitCodes.Interrupted;
}
catch (AgentFailureException failure)
{
    await Console.Error.WriteLineAsync($"broker-agent: {failure.Code}: {failure.Message}");
    return ExitCodes.Failed;
}
