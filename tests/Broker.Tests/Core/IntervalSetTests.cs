using Broker.Core.Addresses;
using Xunit;

namespace Broker.Tests.Core;

public sealed class IntervalSetTests
{
    [Fact]
    public void It_holds_what_a_set_of_numbers_holds()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var (random, set, model) = (new Random(seed), new IntervalSet(), new HashSet<int>());
            for (var step = 0; step < 40; step++)
            {
                var first = random.Next(40);
                var last = Math.Min(39, first + random.Next(6));
                var numbers = Enumerable.Range(first, last - first + 1);
                if (random.Next(5) < 3)
                {
                    set.Add((UInt128)first, (UInt128)last);
                    model.UnionWith(numbers);
                }
                else
                {
                    set.Remove((UInt128)first, (UInt128)last);
                    model.ExceptWith(numbers);
                }

                Compare(set, model, random.Next(20), random.Next(20, 40), $"seed {seed}, step {step}");
            }
        }
    }

    [Fact]
    public void The_ends_of_the_number_line_do_not_overflow()
    {
        var set = new IntervalSet();
        set.Add(UInt128.MaxValue - 1, UInt128.MaxValue);
        set.Add(0, 0);
        set.Add(1, 2);

        Assert.Equal([(0, 2), (UInt128.MaxValue - 1, UInt128.MaxValue)], set.Runs);
        Assert.Null(set.FirstOutside(UInt128.MaxValue - 1, UInt128.MaxValue));
        Assert.Equal([(3, UInt128.MaxValue - 2)], set.Gaps(0, UInt128.MaxValue));
        set.Remove(0, UInt128.MaxValue);
        Assert.True(set.IsEmpty);
    }

    private static void Compare(IntervalSet set, HashSet<int> model, int from, int to, string where)
    {
        var span = Enumerable.Range(from, to - from + 1).ToList();
        var outside = span.Where(number => !model.Contains(number)).ToList();
        Assert.True(Numbers(set.Runs).SequenceEqual(model.Order()), where);
        Assert.True(Numbers(set.Within((UInt128)from, (UInt128)to)).SequenceEqual(span.Where(model.Contains)), where);
        Assert.True(Numbers(set.Gaps((UInt128)from, (UInt128)to)).SequenceEqual(outside), where);
        int? first = outside.Count > 0 ? outside[0] : null;
        Assert.True((int?)set.FirstOutside((UInt128)from, (UInt128)to) == first, where);
        Assert.True(span.TrueForAll(number => set.Contains((UInt128)number) == model.Contains(number)), where);
        Assert.True(
            set.Runs.Zip(set.Runs.Skip(1)).All(pair => pair.First.Last + 1 < pair.Second.First), $"{where}: touching");
    }

    private static IEnumerable<int> Numbers(IEnumerable<(UInt128 First, UInt128 Last)> runs) =>
        runs.SelectMany(run => Enumerable.Range((int)run.First, (int)(run.Last - run.First) + 1));
}
