using System.CommandLine.Completions;
using Broker.Cli.Hosting;
using Broker.Cli.Contexts;
using Broker.Client;

namespace Broker.Cli.Completion;

/// <summary>Names that the broker knows, for completion. Without a broker, or without a quick answer, there are
/// none.</summary>
internal static class LiveNames
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(2);

    public static IEnumerable<string> Of(
        Ctl ctl,
        CompletionContext context,
        Func<PeopleApi, CancellationToken, Task<IEnumerable<string>>> ask)
    {
        using var limit = new CancellationTokenSource(patience, ctl.Environment.Time);
        try
        {
            using var connection = new BrokerConnection(
                ContextCredentials.Load(ctl.FindContext(context.ParseResult).Context));
            return ask(new PeopleApi(connection), limit.Token).GetAwaiter().GetResult().ToList();
        }
        catch (Exception error) when (error is CliFailureException or BrokerUnreachableException
            or BrokerProblemException or OperationCanceledException)
        {
            return []; // A completion never complains: the command that follows will.
        }
    }
}
