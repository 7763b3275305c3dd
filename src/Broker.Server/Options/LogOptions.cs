using System.ComponentModel.DataAnnotations;

namespace Broker.Server.Options;

/// <summary>The log on standard error.</summary>
internal sealed class LogOptions
{
    /// <summary><c>json</c> for machines, <c>text</c> for people.</summary>
    [Required]
    [RegularExpression("^(json|text)$")]
    public string Format { get; set; } = "json";

    [Required]
    [RegularExpression("^(debug|information|warning|error)$")]
    public string Level { get; set; } = "information";
}
