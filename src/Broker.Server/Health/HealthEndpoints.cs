using Broker.Journal.Writing;

namespace Broker.Server.Health;

/// <summary>
/// Liveness and readiness in the form of Kubernetes: 200 <c>ok</c>, or 503 with the reason as text.
/// </summary>
internal sealed class HealthEndpoints(LedgerWriter writer, IHostApplicationLifetime lifetime)
{
    public Task LiveAsync(HttpContext context) =>
        AnswerAsync(context, writer.Stopped.IsFaulted ? "the journal's writer has failed" : null);

    public Task ReadyAsync(HttpContext context) => AnswerAsync(
        context,
        lifetime.ApplicationStopping.IsCancellationRequested ? "the broker is stopping"
        : writer.Stopped.IsCompleted ? "the journal's writer has stopped"
        : null);

    private static Task AnswerAsync(HttpContext context, string? fault)
    {
        context.Response.StatusCode = fault is null
            ? StatusCodes.Status200OK
            : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync((fault ?? "ok") + "\n", context.RequestAborted);
    }
}
