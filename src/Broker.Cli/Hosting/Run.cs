using System.CommandLine;
using Broker.Cli.Contexts;
using Broker.Cli.Output;
using Broker.Client;

namespace Broker.Cli.Hosting;

/// <summary>One command being run; it connects when the broker is first needed.</summary>
internal sealed class Run(Ctl ctl, ParseResult result, CancellationToken cancellation) : IDisposable
{
    private BrokerConnection? _connection;
    private PeopleApi? _api;

    public ParseResult Result => result;

    public CancellationToken Cancellation => cancellation;

    public Screen Screen => ctl.Screen;

    public CliEnvironment Environment => ctl.Environment;

    /// <summary>Writes answers as the user wants them.</summary>
    public Answer Answer { get; } = new(ctl.Screen, result.GetValue(ctl.Output));

    /// <summary>The broker of the context.</summary>
    /// <exception cref="CliFailureException">The context cannot be used.</exception>
    public PeopleApi Api => _api ??= new PeopleApi(
        _connection = new BrokerConnection(ContextCredentials.Load(FindContext().Context)));

    /// <summary>The context of the command line.</summary>
    /// <exception cref="CliFailureException">There is none, or it cannot be used.</exception>
    public FoundContext FindContext() => ctl.FindContext(result);

    public void Dispose() => _connection?.Dispose();
}
