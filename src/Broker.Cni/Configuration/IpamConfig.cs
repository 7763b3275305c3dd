namespace Broker.Cni.Configuration;

/// <summary>Our part of the network configuration; src/Broker.Cni/README.md describes each key.</summary>
internal sealed record IpamConfig(
    Uri Server,
    string CaFile,
    string CertificateFile,
    string KeyFile,
    IReadOnlyList<string> Pools,
    IReadOnlyList<IpamRoute> Routes,
    string? ResolvConf,
    TimeSpan Timeout,
    string StateDir);
