namespace Broker.Tests.Core.SmallWorlds;

/// <summary>One thing that may happen in a small world: what, at which node, and which of its two containers.</summary>
internal readonly record struct SmallStep(SmallKind Kind, int Node = -1, int Container = 0)
{
    public override string ToString() => Node < 0 ? $"{Kind}" : $"{Kind}({"abc"[Node]}{Container})";
}
