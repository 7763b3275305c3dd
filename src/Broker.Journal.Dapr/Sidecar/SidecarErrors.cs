using Dapr;
using Grpc.Core;

namespace Broker.Journal.Dapr.Sidecar;

/// <summary>Failures of the sidecar by our codes. Their texts are shown and never parsed.</summary>
internal static class SidecarErrors
{
    /// <summary>Runs a call and gives its failure a code.</summary>
    /// <exception cref="StateCallException">It failed, or took longer than it may.</exception>
    public static async Task<T> NamedAsync<T>(
        Func<CancellationToken, Task<T>> call, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            return await call(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DaprException or RpcException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Name(e, limit);
        }
    }

    private static StateCallException Name(Exception e, TimeSpan limit)
    {
        var rpc = e as RpcException ?? e.InnerException as RpcException;
        var detail = rpc?.Status.Detail ?? e.Message;
        return rpc?.StatusCode switch
        {
            StatusCode.Unauthenticated or StatusCode.PermissionDenied => New(
                "dapr_unauthorized", "The sidecar refuses this broker. Give it the API token of the sidecar", true),
            StatusCode.Unimplemented => New(
                "dapr_not_allowed",
                "The sidecar does not allow this call. Allow state/v1/grpc in its Configuration",
                true),
            StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.NotFound => New(
                "dapr_component", "The sidecar has no such state store, or the store refuses the call", true),
            StatusCode.ResourceExhausted => New(
                "dapr_too_large",
                "A message is larger than the sidecar takes. Start it with --max-body-size 16Mi",
                false),
            null when e is OperationCanceledException => New(
                "dapr_timeout", $"The sidecar did not answer within {limit.TotalSeconds:0.#} s", false),
            _ => New("dapr_failed", "The sidecar, or the store behind it, failed", false),
        };

        StateCallException New(string code, string what, bool isFinal) =>
            new(code, $"{what} ({detail.TrimEnd('.')}).", isFinal, e);
    }
}
