using System.CommandLine;
using Broker.Cli.Hosting;

namespace Broker.Cli.Contexts;

/// <summary><c>brokerctl context use</c>: from now on, this one.</summary>
internal static class ContextUseCommand
{
    public static Command Create(Ctl ctl)
    {
        var which = new Argument<string>("context")
        {
            Description = "A context file, a data folder, or a name that is known already.",
            HelpName = "FILE|FOLDER|NAME",
        };
        which.CompletionSources.Add(_ => new ContextFolder(ctl.Environment).Names);
        var name = new Option<string?>("--name")
        {
            Description = "The name to remember it by; else that of its folder.",
            HelpName = "NAME",
        };
        var command = new CtlCommand(
            "use",
            "Use a context from now on, and remember it by a name (links in ~/.config/broker).",
            "brokerctl context use ./broker-data --name lab")
        {
            which, name,
        };
        ctl.Handle(command, run =>
        {
            Use(run, run.Result.GetRequiredValue(which), run.Result.GetValue(name));
            return Task.FromResult(ExitCodes.Good);
        });
        return command;
    }

    private static void Use(Run run, string which, string? name)
    {
        var folder = new ContextFolder(run.Environment);
        var context = ContextReader.Read(new ContextFinder(run.Environment).FileOf(which));
        using var certificate = ContextCredentials.LoadCertificate(context);
        _ = ContextCredentials.Load(context);
        var known = folder.Names.Contains(which, StringComparer.Ordinal) && name is null;
        var chosen = known ? which : name ?? NameOf(context.File);
        if (!ContextFolder.IsName(chosen))
        {
            throw new CliFailureException(
                CliCodes.ContextInvalid,
                $"'{chosen}' is no name: up to 64 letters, digits and . _ -, the first a letter or digit.",
                "Give one: --name NAME");
        }

        if (!known)
        {
            folder.Remember(chosen, context.File);
        }

        folder.Use(chosen);
        run.Screen.Out.WriteLine($"Using {chosen}: {context.People.GetLeftPart(UriPartial.Authority)}");
    }

    // ./broker-data/context.json is 'broker-data', ./lab.json is 'lab'.
    private static string NameOf(string file)
    {
        var own = Path.GetFileNameWithoutExtension(file);
        return Path.GetFileName(file) == ContextFolder.FileName
            ? Path.GetFileName(Path.GetDirectoryName(file)) ?? own
            : own;
    }
}
