namespace Broker.Cli.Pools.Apply;

/// <summary>What a plan does with a pool.</summary>
internal enum PoolAction
{
    /// <summary>It is as the file says.</summary>
    Unchanged = 0,

    /// <summary>The broker has none of this name.</summary>
    Create = 1,

    /// <summary>Fields differ.</summary>
    Change = 2,

    /// <summary>It is adopting, and the file says open; nothing else differs.</summary>
    Open = 3,

    /// <summary>The file does not name it; it is left alone.</summary>
    NotInFile = 4,
}
