using Xunit.Sdk;
using Xunit.v3;

namespace Broker.SystemTests.Cluster.Brokers;

/// <summary>Runs the tests of a class in the order in which they stand in the source.</summary>
public sealed class StepOrderer : ITestMethodOrderer
{
    public IReadOnlyCollection<TTestMethod?> OrderTestMethods<TTestMethod>(
        IReadOnlyCollection<TTestMethod?> testMethods)
        where TTestMethod : notnull, ITestMethod =>
        [.. testMethods.OrderBy(step => step is IXunitTestMethod known ? known.Method.MetadataToken : 0)];
}
