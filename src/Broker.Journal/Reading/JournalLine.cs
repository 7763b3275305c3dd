namespace Broker.Journal.Reading;

/// <summary>One event as stored, and where it stands.</summary>
public readonly record struct JournalLine(long Position, ReadOnlyMemory<byte> Line);
