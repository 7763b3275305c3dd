using Broker.Core.Journal;
using Broker.Core.Refusals;
using Broker.Journal.Events;
using Broker.Journal.Store;

namespace Broker.Journal.Writing;

/// <summary>The facts of one decision as lines.</summary>
internal sealed record EncodedFacts(
    IReadOnlyList<Fact> Facts, IReadOnlyList<ReadOnlyMemory<byte>> Lines, int Bytes, int PrivateBytes)
{
    /// <summary>Encodes; the bytes count each newline.</summary>
    public static EncodedFacts Of(IReadOnlyList<Fact> facts)
    {
        var lines = new ReadOnlyMemory<byte>[facts.Count];
        var (bytes, privateBytes) = (0, 0);
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = EventCodec.Encode(facts[i]);
            bytes += lines[i].Length + 1;
            privateBytes += EventCodec.PrivateRows(0, facts[i]).Sum(row => row.Bytes);
        }

        return new EncodedFacts(facts, lines, bytes, privateBytes);
    }

    /// <summary>Why no batch can take them, or null. What a command says must fit its events.</summary>
    public Refusal? TooLarge()
    {
        for (var i = 0; i < Lines.Count; i++)
        {
            if (Lines[i].Length > JournalLimits.EventBytesMax)
            {
                return new Refusal(
                    RefusalCode.InvalidField,
                    $"The event '{EventCodec.TypeName(Facts[i])}' would have {Lines[i].Length} bytes; at most 4,096.");
            }
        }

        return Lines.Count > JournalLimits.BatchEventsMax || Bytes > JournalLimits.BatchBytesMax
            || PrivateBytes > JournalLimits.BatchPrivateBytesMax
            ? new Refusal(
                RefusalCode.InvalidField,
                $"The command would make {Lines.Count} events of {Bytes} bytes; at most 1,024 of 192 KiB.")
            : null;
    }
}
