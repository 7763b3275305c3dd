namespace Broker.Journal.Moving;

/// <summary>How far a copy is.</summary>
/// <param name="Checking">Whether it reads back what it copied.</param>
/// <param name="Done">Events.</param>
/// <param name="Of">All of them.</param>
public readonly record struct CopyProgress(bool Checking, long Done, long Of);
