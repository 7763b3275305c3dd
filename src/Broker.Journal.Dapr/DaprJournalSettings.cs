namespace Broker.Journal.Dapr;

/// <summary>Where a ledger lies behind a Dapr sidecar.</summary>
public sealed record DaprJournalSettings
{
    /// <summary>The sidecar's gRPC port, such as <c>http://127.0.0.1:50001</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The name of the state store component.</summary>
    public required string StateStore { get; init; }

    /// <summary>The hash tag that all keys of this ledger have; lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The ledger that is meant. Another one's head refuses start: an empty or foreign store, reached by a changed
    /// prefix, would hand out the same addresses again.
    /// </summary>
    public required string Origin { get; init; }

    /// <summary>The sidecar's API token, if it asks for one.</summary>
    public string? ApiToken { get; init; }

    /// <summary>
    /// Where this broker keeps what it saw of the ledger (mark, claim, lock); null for a reader without a place.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>How long one call may take before its outcome counts as unknown.</summary>
    public TimeSpan CallTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an outcome may stay unknown before the writer gives up, which ends the process.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Takes the ledger over from whoever wrote last. Without it only the folder that wrote last may write again.
    /// </summary>
    public bool TakeOver { get; init; }
}
