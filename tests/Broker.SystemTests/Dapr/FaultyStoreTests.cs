using System.Reflection;
using Broker.Testing.Dapr;
using Broker.Tests.Journal.Store;
using Xunit;

namespace Broker.SystemTests.Dapr;

/// <summary>The whole conformance suite again, under each fault of a sidecar, on both servers.</summary>
[Collection(StoreServersGroup.Name)]
public sealed class FaultyStoreTests(StoreServers servers)
{
    public static TheoryData<StoreServer, SidecarFault, double> Cases { get; } = new(
        from server in Enum.GetValues<StoreServer>()
        from fault in new[]
        {
            (SidecarFault.ReplyLost, 1.0),
            (SidecarFault.AppliedLate, 0.5),
            (SidecarFault.Repeated, 1.0),
            (SidecarFault.Refused, 0.5),
            (SidecarFault.FalselyGood, 0.5),
            (SidecarFault.StaleRead, 0.3),
            (SidecarFault.ReadFailed, 0.3),
            (SidecarFault.Torn, 0.5),
        }
        select (server, fault.Item1, fault.Item2));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_suite_passes_under_a_fault(StoreServer server, SidecarFault fault, double share)
    {
        var struck = 0;
        foreach (var method in typeof(JournalStoreConformance).GetMethods()
                     .Where(method => method.GetCustomAttribute<FactAttribute>() is not null))
        {
            await using DaprConformance suite = server == StoreServer.Redis
                ? new RedisStoreTests(servers) { Fault = fault, Share = share }
                : new PostgresStoreTests(servers) { Fault = fault, Share = share };
            TestContext.Current.TestOutputHelper?.WriteLine(method.Name);
            await (Task)method.Invoke(suite, null)!;
            struck += suite.Struck;
        }

        Assert.NotEqual(0, struck);
    }
}
