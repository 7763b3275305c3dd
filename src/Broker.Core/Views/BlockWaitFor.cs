namespace Broker.Core.Views;

/// <summary>What a block waits for before somebody else can have it. The numbers are append-only.</summary>
public enum BlockWaitFor
{
    /// <summary>Its cooldown: it was released or reclaimed.</summary>
    Cooldown = 1,

    /// <summary>Its node, which may give it back: nothing is held in it, and its pool is drained or binds it.</summary>
    Release = 2,

    /// <summary>The pods in it: its pool is drained, and leases are held.</summary>
    Leases = 3,

    /// <summary>The rule of its pool, which takes it from a node whose Node object was deleted.</summary>
    NodeDeletion = 4,

    /// <summary>An operator: its node is fenced, and only the word that the machine is off takes it away.</summary>
    Operator = 5,
}
