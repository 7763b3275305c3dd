using System.Diagnostics;
using Broker.Core.Addresses;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Xunit;
using Xunit.Sdk;

namespace Broker.Tests.Core.SmallWorlds;

/// <summary>Everything that can happen in a small world, up to so many steps.</summary>
public sealed class SmallWorldTests
{
    private const int Depth = 5;

    [Fact]
    public void Whatever_happens_in_a_small_world_no_invariant_breaks()
    {
        var (seen, frontier, steps) = (new HashSet<string>(), new List<SmallStep[]> { Array.Empty<SmallStep>() }, 0L);
        var watch = Stopwatch.StartNew();
        for (var depth = 1; depth <= Depth; depth++)
        {
            var next = new List<SmallStep[]>();
            foreach (var path in frontier)
            {
                foreach (var step in SmallWorld.Steps)
                {
                    // Nodes are alike, and so are containers: which of them comes first does not matter.
                    if ((step.Node > 0 && !path.Any(taken => taken.Node == step.Node - 1))
                        || (step.Container > 1 && !path.Any(taken => (taken.Node, taken.Container) == (step.Node, 1))))
                    {
                        continue;
                    }

                    SmallStep[] further = [.. path, step];
                    if (Play(further) is { } world && seen.Add(world.Key))
                    {
                        next.Add(further);
                    }

                    steps++;
                }
            }

            frontier = next;
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"depth {depth}: {frontier.Count} new worlds, {steps} steps, {watch.Elapsed.TotalSeconds:f1} s");
        }

        Assert.InRange(seen.Count, 1_000, int.MaxValue);
    }

    [Fact]
    public void The_judge_notices_an_address_twice_and_one_that_cools()
    {
        var judge = new SmallJudge(60);
        var node = NodeName.Parse("node-a");
        var uid = NodeUid.Parse("uid-a");
        var block = new BlockGranted(Cidr.Parse("10.0.0.0/31"), PoolName.Parse("four"), node, uid, default);
        judge.Take(0, [Of(block, "request-0")], 0);
        judge.Take(1, One("10.0.0.0", "c1", "request-1"), 0, isHalf: true);

        _ = Assert.ThrowsAny<XunitException>(() => judge.Take(2, One("10.0.0.0", "c2", "request-2"), 0, isHalf: true));
        judge.Take(2, [Of(new LeaseReleased(IpAddress.Parse("10.0.0.0"), new Generation(0), 1), null)], 10);
        _ = Assert.ThrowsAny<XunitException>(
            () => judge.Take(3, One("10.0.0.0", "c2", "request-2"), 69, isHalf: true));
        judge.Take(3, One("10.0.0.0", "c2", "request-2"), 70, isHalf: true);
        _ = Assert.ThrowsAny<XunitException>(
            () => judge.Take(4, [Of(new BlockReleased(block.Block, new Generation(0), node), null)], 70));
        _ = Assert.ThrowsAny<XunitException>(() => judge.Take(4, One("10.0.0.1", "c3", "request-3"), 70));

        Fact[] One(string address, string container, string request) => [Of(
            new LeaseGranted(
                IpAddress.Parse(address), new Generation(0), node, new Attachment(uid, "net", container, "eth0"),
                PodIdentity.None),
            request)];

        static Fact Of(LedgerEvent what, string? request) => new(
            World.Start, null, null, Actor.Broker, request is null ? null : RequestId.Parse(request), what);
    }

    private static SmallWorld? Play(SmallStep[] path)
    {
        try
        {
            var world = new SmallWorld();
            foreach (var step in path)
            {
                if (!world.Take(step))
                {
                    return null;
                }
            }

            world.Check();
            return world;
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{string.Join(' ', path)}: {error.Message}", error);
        }
    }
}
