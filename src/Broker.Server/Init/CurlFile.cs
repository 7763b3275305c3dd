namespace Broker.Server.Init;

/// <summary>A configuration file for <c>curl -K</c>, so that a call by hand is short.</summary>
internal static class CurlFile
{
    public static void Write(string file, string brokerCa, string certificate, string key) => File.WriteAllText(
        file,
        $"""
        cacert = "{brokerCa}"
        cert = "{certificate}"
        key = "{key}"
        http2
        silent
        show-error

        """);
}
