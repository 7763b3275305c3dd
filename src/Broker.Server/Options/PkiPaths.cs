namespace Broker.Server.Options;

/// <summary>Absolute paths of the PEM files.</summary>
internal sealed record PkiPaths(
    string ServerCertificate,
    string ServerKey,
    string BrokerCa,
    string? BrokerCaKey,
    string NodeCa,
    string NodeCaKey,
    string OperatorCa,
    int RereadSeconds);
