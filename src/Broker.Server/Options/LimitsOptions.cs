using System.ComponentModel.DataAnnotations;

namespace Broker.Server.Options;

/// <summary>What one caller may cost.</summary>
internal sealed class LimitsOptions
{
    [Range(1, 1024)]
    public int NodeConnectionsMax { get; set; } = 4;

    [Range(1, 65_536)]
    public int PeopleConnectionsMax { get; set; } = 64;

    /// <summary>Connections to the enrol listener, of everybody together.</summary>
    [Range(1, 65_536)]
    public int EnrolConnectionsMax { get; set; } = 64;

    [Range(1024, 1_048_576)]
    public int RequestBytesMax { get; set; } = 65_536;

    [Range(16, 1_048_576)]
    public int QueuedCommandsMax { get; set; } = 4096;

    [Range(1, 3600)]
    public int StreamHeartbeatSeconds { get; set; } = 15;

    [Range(1, 300)]
    public int StopSeconds { get; set; } = 15;
}
