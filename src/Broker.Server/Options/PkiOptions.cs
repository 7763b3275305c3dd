namespace Broker.Server.Options;

/// <summary>PEM files, relative to the data folder unless they begin with a slash.</summary>
internal sealed class PkiOptions
{
    public string ServerCertificate { get; set; } = "pki/server.crt";

    public string ServerKey { get; set; } = "pki/server.key";

    public string BrokerCa { get; set; } = "pki/broker-ca.crt";

    public string NodeCa { get; set; } = "pki/node-ca.crt";

    public string NodeCaKey { get; set; } = "pki/node-ca.key";

    public string OperatorCa { get; set; } = "pki/operator-ca.crt";
}
