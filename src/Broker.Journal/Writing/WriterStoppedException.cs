namespace Broker.Journal.Writing;

/// <summary>
/// The writer does not write any more. Whether the command at hand became durable is unknown unless the code is
/// <c>stopped</c>, which says that it was not taken.
/// </summary>
public sealed class WriterStoppedException(string code, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>
    /// <c>stopped</c> (asked to), <c>store_failed</c>, <c>superseded</c> (another writer took over) or
    /// <c>writer_failed</c> (a bug).
    /// </summary>
    public string Code { get; } = code;
}
