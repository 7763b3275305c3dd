namespace Broker.Core.Refusals;

/// <summary>An expected no: a stable code, and a sentence that names the field or thing at fault.</summary>
public sealed record Refusal(RefusalCode Code, string Detail);
