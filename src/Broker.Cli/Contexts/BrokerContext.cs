namespace Broker.Cli.Contexts;

/// <summary>
/// Which broker, as whom: the content of a <c>context.json</c>, with file names made absolute (they are relative to the
/// file that they stand in).
/// </summary>
/// <param name="File">The file that it was read from, links followed.</param>
/// <param name="People">The people listener.</param>
/// <param name="Node">The node listener, where it is known.</param>
/// <param name="Enrol">The enrol listener, where there is one.</param>
/// <param name="Ca">The CA that the broker's certificate chains to, PEM.</param>
/// <param name="Certificate">The caller's certificate, PEM.</param>
/// <param name="Key">Its private key, PEM.</param>
internal sealed record BrokerContext(
    string File, Uri People, string? Node, string? Enrol, string Ca, string Certificate, string Key);
