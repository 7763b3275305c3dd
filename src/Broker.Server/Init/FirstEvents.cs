using Broker.Core.Commands;
using Broker.Core.Journal;
using Broker.Core.Refusals;
using Broker.Core.Time;
using Broker.Journal.Store;
using Broker.Journal.Writing;
using Broker.Server.Enrolment;
using Broker.Server.Hosting;

namespace Broker.Server.Init;

/// <summary>What a new ledger holds besides its genesis: the pools that were asked for, and a token for a first
/// node.</summary>
internal static class FirstEvents
{
    /// <summary>The first token's file in the data folder, readable by its owner only.</summary>
    public const string TokenFile = "first.token";

    /// <exception cref="StartFailureException">A pool is refused; the message says why.</exception>
    public static async Task WriteAsync(
        IJournalStore store, InitPlan plan, TimeProvider time, CancellationToken cancellation)
    {
        await using var writer = await LedgerWriter.StartAsync(store, new(), time, [], cancellation);
        foreach (var spec in plan.Pools)
        {
            var define = new DefinePool(Actor.Broker, spec, Open: true, Reason: null);
            Demand($"--pool {spec.Name}", await writer.SubmitAsync(define, cancellation));
        }

        var token = BootstrapToken.New();
        var expires = Instant.From(time.GetUtcNow().AddHours(24));
        var issue = new IssueToken(Actor.Broker, token.Id, token.SecretHash, [], expires, Reason: null);
        Demand("the first token", await writer.SubmitAsync(issue, cancellation));
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using var file = new StreamWriter(Path.Combine(plan.Folder, TokenFile), options);
        await file.WriteLineAsync(token.ToString());
        await writer.StopAsync();
    }

    private static void Demand<T>(string what, Outcome<T> outcome)
        where T : class
    {
        if (outcome.Refusal is { } refusal)
        {
            throw new StartFailureException(Api.RefusalCodes.Text(refusal.Code), $"{what}: {refusal.Detail}");
        }
    }
}
