using System.Net.Sockets;
using System.Security.Authentication;
using Broker.Cli.Output;
using Broker.Client;
using Broker.Contracts.Problems;

namespace Broker.Cli.Hosting;

/// <summary>Tells the user what went wrong: code, sentence, and what to do next, on standard error.</summary>
internal static class Failures
{
    /// <summary>The exit code for it.</summary>
    public static int Tell(Screen screen, CliFailureException failure)
    {
        screen.Error($"{failure.Code}: {failure.Message}", failure.Next);
        return failure.ExitCode;
    }

    /// <summary>What the broker refused.</summary>
    public static int Tell(Screen screen, Problem problem)
    {
        screen.Error($"{problem.Code}: {problem.Title} {problem.Detail}".TrimEnd(), problem.Next);
        if (problem.RetryAfterSeconds is { } seconds)
        {
            screen.Note($"Try again in {seconds} s.");
        }

        screen.Note($"More: brokerctl explain {problem.Code}");
        return ExitCodes.Failed;
    }

    /// <summary>No answer came.</summary>
    public static int Tell(Screen screen, BrokerUnreachableException error)
    {
        screen.Error($"{CliCodes.Unreachable}: {error.Message}", Advice(error));
        return ExitCodes.Unreachable;
    }

    private static string Advice(BrokerUnreachableException error)
    {
        for (Exception? cause = error.InnerException; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return "Nothing listens there. Is the broker running (broker serve --data FOLDER)? Does the "
                        + "context name its people listener? See: brokerctl context show";
                case SocketException:
                    return "Check the host name, the network and a firewall in between. See: brokerctl context show";
                case AuthenticationException:
                    return "TLS failed: the broker's certificate is not of the CA in the context, is for another "
                        + "host, or the broker refused this certificate (it may be expired). "
                        + "See: brokerctl context show";
                default:
                    break;
            }
        }

        return "The broker took the connection and broke it off: its log says why. It ends connections of "
            + "certificates that it does not know. See: brokerctl context show";
    }
}
