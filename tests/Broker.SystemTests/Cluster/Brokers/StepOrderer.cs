using Xunit.Sdk;
using Xunit.v3;

namespace Broker.SystemTests.Cluster.Brokers;

/// <summary>Runs the tests of a class in the order in which they stand in the source.</summary>
public sealed class StepOrderer : ITestCaseOrderer
{
    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase =>
        [.. testCases.OrderBy(step => step.TestMethodMetadataToken ?? 0)];
}
