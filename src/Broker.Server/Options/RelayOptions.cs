using System.ComponentModel.DataAnnotations;

namespace Broker.Server.Options;

/// <summary>
/// Events through Dapr pub/sub; needs <c>journal:store dapr</c>, where the relay keeps how far it came.
/// </summary>
internal sealed class RelayOptions
{
    /// <summary>The name of the pub/sub component; empty for no relay.</summary>
    public string PubSub { get; set; } = "";

    /// <summary>The topic.</summary>
    [Required]
    [RegularExpression("^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")]
    public string Topic { get; set; } = "ipam-events";
}
