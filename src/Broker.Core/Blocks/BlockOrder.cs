namespace Broker.Core.Blocks;

/// <summary>The orders of one pool's blocks.</summary>
internal static class BlockOrder
{
    /// <summary>By address.</summary>
    public static IComparer<BlockState> ByIndex { get; } =
        Comparer<BlockState>.Create((left, right) => left.Index.CompareTo(right.Index));

    /// <summary>By the time at which the first address is free, then by address.</summary>
    public static IComparer<BlockState> ByWait { get; } = Comparer<BlockState>.Create((left, right) =>
    {
        var order = left.WaitsUntil.CompareTo(right.WaitsUntil);
        return order != 0 ? order : left.Index.CompareTo(right.Index);
    });
}
