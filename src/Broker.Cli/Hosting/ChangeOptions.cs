using System.CommandLine;
using Broker.Contracts.Ledgers;

namespace Broker.Cli.Hosting;

/// <summary>What every change takes.</summary>
internal sealed class ChangeOptions
{
    private readonly Option<string?> _reason = new("--reason")
    {
        Description = "Why; kept with the event, apart from the journal's own text, and can be erased.",
        HelpName = "TEXT",
    };

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Ask what would happen, and change nothing.",
    };

    /// <summary>Adds them to a command.</summary>
    public static ChangeOptions AddTo(Command command)
    {
        var options = new ChangeOptions();
        command.Options.Add(options._reason);
        command.Options.Add(options._dryRun);
        return options;
    }

    public string? Reason(Run run) => run.Result.GetValue(_reason);

    public bool DryRun(Run run) => run.Result.GetValue(_dryRun);

    /// <summary>A body that holds the reason only.</summary>
    public ChangeRequest Body(Run run) => new(Reason(run));

    /// <summary>Says how it stands: done, or what would be done.</summary>
    public void Say(Run run, string done, string wouldBe) =>
        run.Screen.Out.WriteLine(DryRun(run) ? $"{wouldBe} Nothing was changed: this was a dry run." : done);
}
