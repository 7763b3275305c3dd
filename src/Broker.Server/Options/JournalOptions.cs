using System.ComponentModel.DataAnnotations;

namespace Broker.Server.Options;

/// <summary>Where the journal lies.</summary>
internal sealed class JournalOptions
{
    /// <summary>In the data folder.</summary>
    public const string Sqlite = "sqlite";

    /// <summary>In a Dapr state store.</summary>
    public const string OnDapr = "dapr";

    /// <summary><c>sqlite</c>: in the data folder; <c>dapr</c>: in a state store behind a sidecar.</summary>
    [Required]
    [RegularExpression("^(sqlite|dapr)$")]
    public string Store { get; set; } = Sqlite;

    public DaprOptions Dapr { get; set; } = new();
}
