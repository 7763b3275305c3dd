using System.Text.Json;

namespace Broker.Tests.Cni;

/// <summary>How one exec of the plugin ended.</summary>
internal sealed record PluginOutcome(int ExitCode, string Output, string Errors)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The code of a failure; 0 for a success.</summary>
    public int Code => ExitCode == 0 ? 0 : Json.GetProperty("code").GetInt32();

    /// <summary>What containerd shows of a failure.</summary>
    public string Text => $"{Json.GetProperty("msg").GetString()}; {Json.GetProperty("details").GetString()}";

    public IReadOnlyList<string> Addresses =>
        [.. Json.GetProperty("ips").EnumerateArray().Select(ip => ip.GetProperty("address").GetString()!)];
}
