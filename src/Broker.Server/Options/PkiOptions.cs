using System.ComponentModel.DataAnnotations;

namespace Broker.Server.Options;

/// <summary>PEM files, relative to the data folder unless they begin with a slash.</summary>
internal sealed class PkiOptions
{
    public string ServerCertificate { get; set; } = "pki/server.crt";

    public string ServerKey { get; set; } = "pki/server.key";

    public string BrokerCa { get; set; } = "pki/broker-ca.crt";

    /// <summary>
    /// The key of the broker CA. While it is there the server certificate is renewed by itself; empty or missing,
    /// whoever makes that certificate renews it, and its files are read again when they change.
    /// </summary>
    public string BrokerCaKey { get; set; } = "pki/broker-ca.key";

    public string NodeCa { get; set; } = "pki/node-ca.crt";

    public string NodeCaKey { get; set; } = "pki/node-ca.key";

    public string OperatorCa { get; set; } = "pki/operator-ca.crt";

    /// <summary>How often the files are looked at for changes, in seconds.</summary>
    [Range(1, 3600)]
    public int RereadSeconds { get; set; } = 5;
}
