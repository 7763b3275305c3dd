using System.Globalization;
using Broker.Journal.Dapr.Protocol;

namespace Broker.Tests.Journal.Dapr.Exploring;

/// <summary>A writer: its phase, and the production machines that it runs.</summary>
internal sealed record Writer(char Name)
{
    public WriterPhase Phase { get; init; }

    public HeadSwap? Swap { get; init; }

    public TailKeeping Keeping { get; init; } = TailKeeping.Begin();

    public HeadCopy? Held { get; init; }

    public int Committed { get; init; }

    public int Claims { get; init; }

    public int Sends { get; init; }

    public string NextBatch => string.Create(CultureInfo.InvariantCulture, $"{Name}{Committed + 1}");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}{(int)Phase}.{Committed}.{Claims}.{Sends}.{(int)Keeping.Step}.{Text(Held)}.{Text(Swap)}");

    private static string Text(HeadCopy? copy) => copy is null ? "-" : $"{copy.Value}@{copy.ETag}";

    private static string Text(HeadSwap? swap) =>
        swap is null ? "-" : $"{Text(swap.Known)}>{swap.Next}#{(int)swap.Step}";
}
