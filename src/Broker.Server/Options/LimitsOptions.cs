using System.ComponentModel.DataAnnotations;

namespace Broker.Server.Options;

/// <summary>What one caller may cost.</summary>
internal sealed class LimitsOptions
{
    [Range(1, 1024)]
    public int NodeConnectionsMax { get; set; } = 4;

    /// <summary>Requests of one node a second, on average; releases and renewals have a quarter more.</summary>
    [Range(1, 1_000_000)]
    public int NodeRequestsPerSecond { get; set; } = 50;

    /// <summary>Requests of one node at once, after a pause.</summary>
    [Range(1, 1_000_000)]
    public int NodeRequestBurst { get; set; } = 100;

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
