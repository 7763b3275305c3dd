namespace Broker.Simulator.Checking;

/// <summary>An address that a broker said is an attachment's.</summary>
/// <param name="Node">The node.</param>
/// <param name="Container">The container ID: no other attachment ever has it.</param>
/// <param name="Position">Of the event that granted it.</param>
internal sealed record HeldAddress(string Node, string Container, long Position)
{
    /// <summary>When its holder gave up using it; null while it does.</summary>
    public long? LeftAt { get; set; }

    /// <summary>Whether its release was answered.</summary>
    public bool IsEnded { get; set; }
}
