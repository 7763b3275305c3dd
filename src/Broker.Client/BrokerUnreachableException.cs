namespace Broker.Client;

/// <summary>No answer came: nothing listens, TLS failed on either side, or the connection broke.</summary>
public sealed class BrokerUnreachableException(Uri endpoint, Exception inner)
    : Exception($"The broker at {endpoint} gave no answer: {Reason(inner)}", inner)
{
    /// <summary>Where no answer came from.</summary>
    public Uri Endpoint { get; } = endpoint;

    private static string Reason(Exception error) =>
        error.InnerException is { } inner ? Reason(inner) : error.Message;
}
