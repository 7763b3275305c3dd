namespace Broker.Core.Journal;

/// <summary>In what capacity somebody acted.</summary>
public enum ActorRole
{
    /// <summary>The broker itself: a rule, a timer, the start of a writer.</summary>
    Broker = 0,

    /// <summary>A node, by its certificate.</summary>
    Node = 1,

    /// <summary>An operator, by a certificate of the operator CA.</summary>
    Operator = 2,

    /// <summary>Somebody who holds a bootstrap token.</summary>
    Bootstrap = 3,
}
