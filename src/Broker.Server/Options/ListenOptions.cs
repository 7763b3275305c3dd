namespace Broker.Server.Options;

/// <summary>Where to listen: <c>ADDRESS:PORT</c>, <c>[IPV6]:PORT</c>, or empty for off.</summary>
internal sealed class ListenOptions
{
    public string Node { get; set; } = "0.0.0.0:8443";

    public string People { get; set; } = "127.0.0.1:8444";

    public string Enrol { get; set; } = "";

    public string Health { get; set; } = "127.0.0.1:8081";
}
