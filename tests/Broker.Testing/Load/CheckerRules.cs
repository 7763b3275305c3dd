namespace Broker.Testing.Load;

/// <summary>What an <see cref="EventChecker"/> may take for granted.</summary>
/// <param name="ClocksAreTrue">Nobody steps the wall clock: recorded times tell a cooldown.</param>
/// <param name="NothingComesLate">
/// No request arrives again after it was answered and its lease released: a broker that was started since does not know
/// that it has ended, and grants it once more.
/// </param>
public sealed record CheckerRules(bool ClocksAreTrue, bool NothingComesLate)
{
    /// <summary>Of a real broker under load.</summary>
    public static CheckerRules Real { get; } = new(true, true);

    /// <summary>Of a simulated one, whose clocks are stepped and whose network repeats.</summary>
    public static CheckerRules Simulated { get; } = new(false, false);
}
