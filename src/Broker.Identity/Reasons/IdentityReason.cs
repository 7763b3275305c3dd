namespace Broker.Identity.Reasons;

/// <summary>One row of the closed table: what the code means and what to do about it.</summary>
public sealed record IdentityReason(string Code, string Meaning, string ToDo);
