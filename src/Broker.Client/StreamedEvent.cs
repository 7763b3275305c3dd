namespace Broker.Client;

/// <summary>One event of the journal as it came: its position and the exact bytes of the line, as text.</summary>
public sealed record StreamedEvent(long Position, string Type, string Line);
