namespace Broker.Core.Refusals;

/// <summary>What became of a command: an answer or a refusal, never both.</summary>
/// <typeparam name="T">The answer.</typeparam>
public readonly record struct Outcome<T>
    where T : class
{
    private Outcome(T? answer, Refusal? refusal) => (Answer, Refusal) = (answer, refusal);

    /// <summary>The answer, or null when refused.</summary>
    public T? Answer { get; }

    /// <summary>The refusal, or null when answered.</summary>
    public Refusal? Refusal { get; }

    public static Outcome<T> Of(T answer) => new(answer, null);

    public static Outcome<T> Refused(Refusal refusal) => new(null, refusal);
}
