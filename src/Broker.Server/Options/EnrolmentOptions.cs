using System.ComponentModel.DataAnnotations;

namespace Broker.Server.Options;

/// <summary>The embedded CSR flow.</summary>
internal sealed class EnrolmentOptions
{
    /// <summary>Lifetime of an issued node certificate, in seconds: ten minutes to a year.</summary>
    [Range(600, 31_536_000)]
    public long CertificateTtlSeconds { get; set; } = 30L * 24 * 3600;

    /// <summary>
    /// <c>rule</c>: a valid token approves a new name; <c>operator</c>: every request waits for one.
    /// </summary>
    [Required]
    [RegularExpression("^(rule|operator)$")]
    public string Approve { get; set; } = "rule";

    /// <summary>How long a bootstrap token is good for when nobody says, in seconds.</summary>
    [Range(60, 31_536_000)]
    public long TokenTtlSeconds { get; set; } = 24 * 3600;

    /// <summary>Requests that wait for an operator at one time.</summary>
    [Range(1, 65_536)]
    public int PendingMax { get; set; } = 1024;
}
