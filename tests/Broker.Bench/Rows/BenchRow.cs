using System.Globalization;

namespace Broker.Bench.Rows;

/// <summary>One comparison with a peer that was measured in the same run, or with a bound in a unit.</summary>
/// <param name="Name">What was compared.</param>
/// <param name="Ratio">Ours to the peer's, the median of the rounds; or the figure itself.</param>
/// <param name="Target">What the ratio must keep to.</param>
/// <param name="AtMost">Whether the target is an upper bound (times) or a lower one (rates).</param>
/// <param name="Detail">The figures that the ratio comes from.</param>
/// <param name="Unit"><c>x</c> for a ratio.</param>
internal sealed record BenchRow(string Name, double Ratio, double Target, bool AtMost, string Detail, string Unit = "x")
{
    public bool Reached => AtMost ? Ratio <= Target : Ratio >= Target;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-44} {Ratio,6:0.00}{Unit} (to reach: at {(AtMost ? "most" : "least")} {Target:0.0#})  {Detail}  "
        + $"{(Reached ? "reached" : "short")}");
}
