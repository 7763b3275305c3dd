namespace Broker.Testing.Servers;

/// <summary>The listeners of a broker.</summary>
public enum TestListener
{
    Node = 1,
    People = 2,
    Enrol = 3,
    Health = 4,
}
