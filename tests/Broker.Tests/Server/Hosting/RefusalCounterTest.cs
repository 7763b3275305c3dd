using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Server.Api;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Hosting;

public sealed class RefusalCounterTest
{
    [Fact]
    public async Task As_many_refusals_as_are_counted_reach_the_journal_also_with_the_longest_names()
    {
        await using var broker = await TestBroker.StartAsync();
        var writer = broker.Host.Writer;
        var (counter, before) = (new RefusalCounter(), writer.Durable.Size);
        for (var i = 0; i < RefusalCounter.KeysMax + 5; i++)
        {
            var name = string.Join('.', Enumerable.Repeat(new string('n', 62), 4)) + ".";
            counter.Count(RefusalCode.Conflict, CertificateHash.Parse($"{i:x64}"), NodeName.Parse(name[..^1]));
        }

        await counter.FlushAsync(writer, TestContext.Current.CancellationToken);

        Assert.Equal(before + RefusalCounter.KeysMax, writer.Durable.Size);
    }
}
