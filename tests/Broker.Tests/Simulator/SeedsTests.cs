using Broker.Simulator;
using Broker.Simulator.Planting;
using Broker.Testing;
using Xunit;

namespace Broker.Tests.Simulator;

/// <summary>
/// The journal with everything that can go wrong around it, from seeds; and that its checks find what they are for.
/// </summary>
public sealed class SeedsTests
{
    /// <summary>Within how many seeds a planted bug has to be found.</summary>
    private const int SeedsToFind = 500;

    public static TheoryData<Plant> Plants => [.. Enum.GetValues<Plant>().Where(plant => plant != Plant.None)];

    [Fact]
    public async Task No_seed_breaks_an_invariant()
    {
        var from = TestSize.Of("SEEDS_FROM", 1);
        var results = await RunAsync(() => Enumerable.Range(from, TestSize.Of("SEEDS", 200))
            .Select(seed => Simulation.Run(seed)).ToList());
        Figures.Add("seeds", results.Count);
        Figures.Add("events", results.Sum(result => result.Events));
        Figures.Add("leases acknowledged", results.Sum(result => result.Acknowledged));
        Assert.Empty(results.Where(result => result.Faults.Count > 0)
            .Select(result => $"seed {result.Seed}: {string.Join("; ", result.Faults)}"));
        Assert.All(results, result => Assert.True(result.Events > 50, $"seed {result.Seed}: {result.Events} events"));
    }

    [Theory]
    [MemberData(nameof(Plants))]
    public async Task A_planted_bug_is_found(Plant plant)
    {
        var found = await RunAsync(() => Enumerable.Range(1, SeedsToFind)
            .FirstOrDefault(seed => Simulation.Run(seed, plant).Faults.Count > 0));
        Assert.True(found > 0, $"{plant} was not found within {SeedsToFind} seeds.");
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_history()
    {
        var (first, second) = (new StringWriter(), new StringWriter());
        _ = await RunAsync(() => (Simulation.Run(3, trace: first), Simulation.Run(3, trace: second))); // The traces.
        Assert.NotEmpty(first.ToString());
        Assert.Equal(first.ToString(), second.ToString());
    }

    // A thread without a context of its own: a simulation must never leave the one that it runs on.
    private static Task<T> RunAsync<T>(Func<T> run) => Task.Factory.StartNew(
        run, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
