namespace Broker.Client;

/// <summary>An answer as it came, for a caller that reads the body by itself.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="MediaType">Of the body, or null when the answer names none.</param>
/// <param name="Body">The whole body.</param>
public sealed record HttpReply(int Status, string? MediaType, byte[] Body)
{
    /// <summary>Whether the status is one of success: 200 to 299.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;
}
