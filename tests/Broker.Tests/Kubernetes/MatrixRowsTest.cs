using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Broker.Tests.Kubernetes;

/// <summary>
/// The rows of the test matrix on issuance (G01 to G36) and on Nodes (H01 to H12): each is named by a test of this
/// assembly, or stands here with the reason why it has none.
/// </summary>
public sealed partial class MatrixRowsTest
{
    private static readonly Dictionary<string, string> Without = new()
    {
        ["G15"] = "One bootstrap token for many nodes is how kubeadm joins them: no reason for an alarm in a cluster. "
            + "The broker's own tokens are for one use or for named nodes.",
        ["G26"] = "The approver is not in the object; knowing it needs an admission webhook, which is not built.",
        ["G34"] = "Where a connection comes from decides nothing yet: nodes are behind NAT in too many places.",
        ["H06"] = "What a kubelet says of its hardware is no proof, so nothing hangs on it.",
        ["H07"] = "As G34.",
        ["H08"] = "As G34.",
    };

    [Fact]
    public void Each_row_has_a_test_or_a_reason()
    {
        var rows = Enumerable.Range(1, 36).Select(n => $"G{n:d2}")
            .Concat(Enumerable.Range(1, 12).Select(n => $"H{n:d2}"));
        var tested = Tested().ToHashSet(StringComparer.Ordinal);

        Assert.Equal([], rows.Except(tested).Except(Without.Keys));
        Assert.Equal([], Without.Keys.Intersect(tested));
    }

    private static IEnumerable<string> Tested() =>
        from type in typeof(MatrixRowsTest).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where method.GetCustomAttribute<FactAttribute>() is not null
        from text in method.GetCustomAttributes<InlineDataAttribute>()
            .SelectMany(data => data.Data.OfType<string>()).Append(method.Name)
        from Match row in Row().Matches(text)
        select row.Value;

    [GeneratedRegex("(?<![A-Za-z0-9])[GH][0-9]{2}(?![0-9])")]
    private static partial Regex Row();
}
