using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Broker.Contracts.Ledgers;
using Broker.Core.Commands;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Broker.Journal.Writing;
using Broker.Server.Authentication;

namespace Broker.Server.Api;

/// <summary>
/// What every endpoint does with the writer's outcome: an answer with the ledger's position, or a problem.
/// </summary>
internal sealed class Answers(LedgerWriter writer, RefusalCounter refusals)
{
    /// <summary>How far the journal is durable now.</summary>
    public LedgerPosition Position
    {
        get
        {
            var head = writer.Durable;
            return new LedgerPosition(head.Origin, head.Epoch, head.Size, head.Root.ToString());
        }
    }

    /// <summary>
    /// Submits a command and answers with what it gave, or with its refusal, in the words of <c>told</c>.
    /// </summary>
    public async Task SubmitAsync<TAnswer, TWire>(
        HttpContext context,
        Command<TAnswer> command,
        Func<TAnswer, Task<TWire>> toWire,
        JsonTypeInfo<TWire> type,
        Func<Refusal, Refusal>? told = null)
        where TAnswer : class
    {
        var outcome = await writer.SubmitAsync(command, context.RequestAborted);
        if (outcome.Refusal is { } refusal && told is not null)
        {
            await RefuseAsync(context, told(refusal));
            return;
        }

        await AnswerAsync(context, outcome, toWire, type);
    }

    /// <summary>Like <see cref="SubmitAsync"/>, for an operator's change, which may be tried only.</summary>
    public async Task ChangeAsync<TAnswer, TWire>(
        HttpContext context,
        bool dryRun,
        Command<TAnswer> command,
        Func<TAnswer, Task<TWire>> toWire,
        JsonTypeInfo<TWire> type)
        where TAnswer : class
    {
        var outcome = dryRun
            ? await writer.TryAsync(command, context.RequestAborted)
            : await writer.SubmitAsync(command, context.RequestAborted);
        await AnswerAsync(context, outcome, toWire, type);
    }

    /// <summary>Answers with what came of a command, or with its refusal.</summary>
    public async Task AnswerAsync<TAnswer, TWire>(
        HttpContext context,
        Outcome<TAnswer> outcome,
        Func<TAnswer, Task<TWire>> toWire,
        JsonTypeInfo<TWire> type)
        where TAnswer : class
    {
        if (outcome.Refusal is { } refusal)
        {
            await RefuseAsync(context, refusal);
            return;
        }

        await WriteAsync(context, await toWire(outcome.Answer!), type);
    }

    /// <summary>Reads the state and answers with it.</summary>
    public Task<T> ReadAsync<T>(HttpContext context, Func<LedgerQueries, T> read) =>
        writer.ReadAsync(read, context.RequestAborted);

    public Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        if (context.Features.Get<Caller>() is { NodeName: { } node } caller)
        {
            refusals.Count(refusal.Code, caller.CertificateHash, node);
        }

        return ProblemWriter.WriteAsync(context, RefusalCodes.Text(refusal.Code), refusal.Detail);
    }

    public static Task WriteAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        return JsonSerializer.SerializeAsync(context.Response.Body, answer, type, context.RequestAborted);
    }
}
