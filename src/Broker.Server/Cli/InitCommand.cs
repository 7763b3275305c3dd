using System.CommandLine;
using Broker.Contracts.Pools;
using Broker.Core.Names;
using Broker.Core.Pools;
using Broker.Server.Api;
using Broker.Server.Api.Pools;
using Broker.Server.Hosting;
using Broker.Server.Init;
using Broker.Server.Options;

namespace Broker.Server.Cli;

/// <summary><c>broker init</c>: makes a ledger and everything that it needs to serve.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var data = DataOptions.Data();
        data.Description = "The folder to make: it must be empty, or not exist yet.";
        var origin = new Option<string>("--origin")
        {
            Description = "The ledger's name, for ever: a URL without scheme, such as ipam.example.org/prod.",
            DefaultValueFactory = _ => "broker.local/ledger",
            HelpName = "NAME",
        };
        var host = new Option<string[]>("--host")
        {
            Description = "A DNS name or address of this broker besides localhost. May be repeated.",
            HelpName = "NAME",
        };
        var person = new Option<string>("--operator")
        {
            Description = "The name of the first operator.",
            DefaultValueFactory = _ => "operator",
            HelpName = "NAME",
        };
        var enrol = new Option<string>("--enrol")
        {
            Description = "Where machines with a bootstrap token ask for a certificate; empty for off.",
            DefaultValueFactory = _ => "127.0.0.1:8445",
            HelpName = "ADDRESS:PORT",
        };
        var pool = new Option<string[]>("--pool")
        {
            Description = "A pool to define and open, such as pods=10.64.0.0/16. May be repeated.",
            HelpName = "NAME=CIDR",
        };
        var set = DataOptions.Set();
        set.Description = "A setting to write into broker.json: --set journal:store=dapr. May be repeated.";
        var command = new Command(
            "init", "Make a data folder: the ledger, the CAs, a server and an operator certificate.")
        {
            data, origin, host, pool, person, enrol, set,
        };
        command.SetAction((result, cancellation) => RunAsync(
            new InitPlan(
                Path.GetFullPath(result.GetRequiredValue(data)),
                result.GetRequiredValue(origin),
                ["localhost", "127.0.0.1", "::1", .. result.GetValue(host) ?? []],
                result.GetRequiredValue(person),
                new ListenOptions { Enrol = result.GetRequiredValue(enrol) },
                [.. (result.GetValue(pool) ?? []).Select(ReadPool)],
                ReadSets(result.GetValue(set) ?? [])),
            cancellation));
        return command;
    }

    private static Dictionary<string, string?> ReadSets(string[] sets)
    {
        var faults = new List<SettingsFault>();
        var read = DataOptions.Overrides(sets, faults);
        return faults.Count == 0
            ? read
            : throw new StartFailureException("init_invalid", $"nothing was made. {string.Join(' ', faults)}");
    }

    private static PoolSpec ReadPool(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || !PoolName.TryParse(text[..equals], out var name))
        {
            throw new StartFailureException(
                "pool_invalid", $"--pool: '{text}' is not NAME=CIDR, such as pods=10.64.0.0/16.");
        }

        try
        {
            return PoolDefaults.Complete(name, new PoolDefinition(text[(equals + 1)..]));
        }
        catch (ApiProblemException problem)
        {
            throw new StartFailureException(problem.Code, $"--pool {name}: {problem.Detail}", problem);
        }
    }

    private static async Task<int> RunAsync(InitPlan plan, CancellationToken cancellation)
    {
        await DataFolder.CreateAsync(plan, TimeProvider.System, cancellation);
        Console.WriteLine($"Made the ledger {plan.Origin} in {plan.Folder}.");
        Console.WriteLine($"Keys lie in {Path.Combine(plan.Folder, "pki")}, for this user only.");
        Console.WriteLine($"A token for a first node, for one use within a day: {plan.Folder}/{FirstEvents.TokenFile}");
        Console.WriteLine($"Serve it with: broker serve --data {plan.Folder}");
        return ExitCodes.Good;
    }
}
