using Broker.Core.Pools;
using CsCheck;
using Xunit;

namespace Broker.Tests.Core;

/// <summary>
/// Random sequences of commands against a model of sets and lists. One that fails is shrunk; the message has the
/// shortest found, and the seed that gives it again (CsCheck_Seed=…).
/// </summary>
public sealed class ModelTests
{
    private const int StepsMax = 300;

    private static readonly Gen<(int World, List<ModelStep> Steps)> runs = Gen.Select(
        Gen.Int[0, 1_000_000],
        Gen.Select(Gen.Int[0, ModelStep.Kinds - 1], Gen.Int[0, 1_000_000], (kind, seed) => new ModelStep(kind, seed))
            .List[1, StepsMax]);

    [Fact]
    public void Random_commands_do_what_the_model_says() =>
        runs.Sample((world, steps) => new ModelRun(world).Go(steps), iter: 80, threads: 1, print: Print);

    [Fact]
    public void A_sequence_that_fails_is_shrunk_and_its_seed_is_printed()
    {
        var error = Assert.Throws<CsCheckException>(() => runs.Sample(
            (world, steps) => new ModelRun(world, forgetsCooldown: true).Go(steps),
            iter: 2_000,
            threads: 1,
            print: Print));

        Assert.Contains("CsCheck_Seed", error.Message, StringComparison.Ordinal);
        var shortest = error.Message.Split('\n').Single(line => line.Contains("steps: ", StringComparison.Ordinal));
        Assert.InRange(shortest.Split("steps: ")[1].Split(' ').Length, 1, 60);
    }

    [Fact]
    public void A_model_notices_a_ledger_that_forgets_a_cooldown()
    {
        var model = new Model(World.Pool("p", "10.0.0.0/32", 32, PoolNetwork.Host));
        model.GrantBlock("node-a", 0, 0);
        model.GrantLease("node-a", "c1", 0, 0);
        model.Release("node-a", "c1", 10);

        _ = Assert.Throws<InvalidOperationException>(() => model.GrantLease("node-a", "c2", 0, 69));
        model.GrantLease("node-a", "c2", 0, 70);
    }

    private static string Print((int World, List<ModelStep> Steps) run) =>
        $"world {run.World}, steps: {string.Join(' ', run.Steps.Select(step => $"{step.Kind}/{step.Seed}"))}";
}
