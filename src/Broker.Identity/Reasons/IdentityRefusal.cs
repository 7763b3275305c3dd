namespace Broker.Identity.Reasons;

/// <summary>
/// An expected no to a certificate, a signing request or a file of trust anchors: a stable code of
/// <see cref="IdentityReasons"/> and a sentence that says what was found.
/// </summary>
public sealed record IdentityRefusal(string Code, string Detail);
