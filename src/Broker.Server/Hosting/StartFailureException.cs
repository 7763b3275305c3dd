namespace Broker.Server.Hosting;

/// <summary>
/// The broker cannot start: a stable code, what is wrong and what to do. The process exits non-zero.
/// </summary>
internal sealed class StartFailureException(string code, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public string Code { get; } = code;
}
