using System.Diagnostics;
using Broker.Journal.Writing;
using Microsoft.AspNetCore.Connections;

namespace Broker.Server.Api;

/// <summary>
/// Turns whatever an endpoint throws into problem+json; only a bug becomes a 500, with a trace id.
/// </summary>
internal sealed partial class ProblemBoundary(ILogger<ProblemBoundary> logger)
{
    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (ApiProblemException problem)
        {
            await AnswerAsync(context, problem.Code, problem.Detail, null, problem.Status);
        }
        catch (OverloadedException overload)
        {
            await AnswerAsync(context, "overloaded", "The queue is full.", overload.RetryAfterSeconds);
        }
        catch (WriterStoppedException stopped)
        {
            await AnswerAsync(context, stopped.IsUndecided ? "outcome_unknown" : "stopping", stopped.Message, null);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: there is nobody to answer.
            context.Abort();
        }
        catch (ConnectionAbortedException)
        {
            context.Abort();
        }
        catch (BadHttpRequestException bad)
        {
            await AnswerAsync(context, BadCode(bad), bad.Message, null);
        }
        catch (Exception error)
        {
            var trace = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
            LogFailed(logger, context.Request.Method, context.Request.Path, trace, error);
            await AnswerAsync(context, "internal", $"Trace id {trace}.", null);
        }
    }

    private static string BadCode(BadHttpRequestException bad) =>
        bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "body_too_large" : "body_malformed";

    private static Task AnswerAsync(
        HttpContext context, string code, string detail, int? retryAfterSeconds, int? status = null)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        return ProblemWriter.WriteAsync(context, code, detail, retryAfterSeconds, status);
    }

    [LoggerMessage(1001, LogLevel.Error, "{Method} {Path} failed, trace id {Trace}")]
    private static partial void LogFailed(
        ILogger logger, string method, string path, string trace, Exception error);
}
