using System.CommandLine;
using Broker.Cli.Help;
using Broker.Cli.Output;
using Broker.Client;

namespace Broker.Cli.Hosting;

/// <summary>Runs one command line; everything that goes wrong ends here as a sentence and an exit code.</summary>
internal static class CtlProgram
{
    public static async Task<int> RunAsync(string[] args, Screen screen, CliEnvironment environment)
    {
        var root = CtlRoot.Create(new Ctl(screen, environment));
        var parsed = root.Parse(args);
        var invocation = new InvocationConfiguration
        {
            Output = screen.Out,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(5),
        };
        if (UsageHelp.Refuses(parsed, screen, out var exitCode))
        {
            return exitCode;
        }

        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (CliFailureException failure)
        {
            return Failures.Tell(screen, failure);
        }
        catch (BrokerProblemException refusal)
        {
            return Failures.Tell(screen, refusal.Problem);
        }
        catch (BrokerUnreachableException silence)
        {
            return Failures.Tell(screen, silence);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (IOException) when (screen.Columns is null)
        {
            // The reader of the pipe has seen enough (head, less): that is no failure worth a sentence.
            return ExitCodes.Failed;
        }
    }
}
