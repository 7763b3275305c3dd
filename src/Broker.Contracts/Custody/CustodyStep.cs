namespace Broker.Contracts.Custody;

/// <summary>
/// A step in the life of a certificate. What: witnessed, adopted, used (for the first time), replaced (a newer one was
/// used; a minute of grace begins), retired or denied. By is who acted: an operator, or the broker by its rules.
/// </summary>
public sealed record CustodyStep(
    string What, string At, long Position, string By, string? ByCertificate, string? Reason);
