using System.ComponentModel.DataAnnotations;

namespace Broker.Server.Options;

/// <summary>The sidecar and what is asked of it.</summary>
internal sealed class DaprOptions
{
    /// <summary>The sidecar's gRPC port; in clear, so it must be on this machine.</summary>
    [Required]
    public string Endpoint { get; set; } = "http://127.0.0.1:50001";

    /// <summary>The name of the state store component.</summary>
    [Required]
    public string StateStore { get; set; } = "ipam-journal";

    /// <summary>The hash tag of all keys; another ledger in the same store has another one.</summary>
    [Required]
    [RegularExpression("^[a-z0-9][a-z0-9-]{0,62}$")]
    public string Name { get; set; } = "ipam";

    /// <summary>The ledger that is meant; <c>broker init</c> writes it. Another one's head refuses start.</summary>
    public string Origin { get; set; } = "";

    /// <summary>A file with the sidecar's API token; empty for <c>DAPR_API_TOKEN</c>, or none.</summary>
    public string ApiTokenFile { get; set; } = "";

    /// <summary>How long one call may take before its outcome counts as unknown.</summary>
    [Range(1, 60)]
    public int CallSeconds { get; set; } = 5;

    /// <summary>How long an outcome may stay unknown before the broker ends.</summary>
    [Range(1, 3600)]
    public int GiveUpSeconds { get; set; } = 30;
}
