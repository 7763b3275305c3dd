using Broker.Journal.Writing;
using Broker.Server.Hosting;
using Broker.Testing.Processes;
using Broker.Testing.Servers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Server.Hosting;

public sealed class JournalWatchTest
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_wrong_byte_under_a_running_broker_ends_it()
    {
        await using var broker = await TestBroker.StartAsync(new TestBrokerPlan { Time = _time });
        var writer = broker.Host.Services.GetRequiredService<LedgerWriter>();
        await PassAsync(() => true);
        Assert.False(writer.Stopped.IsCompleted);

        using (var other = new SqliteConnection(
                   $"Data Source={Path.Combine(broker.Folder, "journal.db")};Pooling=False"))
        {
            other.Open();
            using var change = other.CreateCommand();
            change.CommandText =
                "UPDATE batch SET lines = CAST(replace(CAST(lines AS TEXT), '\"epoch\":1', '\"epoch\":2') AS BLOB)";
            Assert.True(change.ExecuteNonQuery() > 0);
        }

        await PassAsync(() => writer.Stopped.IsCompleted);
        var stopped = await Assert.ThrowsAsync<WriterStoppedException>(() => writer.Stopped);
        Assert.Equal("journal_damaged", stopped.Code);
        Assert.Contains("position 1 ", stopped.Message, StringComparison.Ordinal);
    }

    private Task PassAsync(Func<bool> holds) => Eventually.HoldsAsync(
        "the journal was read again",
        () =>
        {
            _time.Advance(JournalWatch.Between);
            return Task.FromResult(holds());
        },
        TimeSpan.FromSeconds(20));
}
