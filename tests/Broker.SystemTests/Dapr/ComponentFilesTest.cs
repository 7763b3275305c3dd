using Broker.Journal.Dapr;
using Broker.Testing.Dapr;
using Broker.Testing.Processes;
using Broker.Tests.Journal.Store;
using Xunit;

namespace Broker.SystemTests.Dapr;

/// <summary>The component files and the compose file, read by who else reads them.</summary>
[Collection(StoreServersGroup.Name)]
public sealed class ComponentFilesTest(StoreServers servers)
{
    private static readonly string[] forbidden =
        ["writeTimeout", "ttlInSeconds", "primaryEncryptionKey", "outboxPublishPubsub", "outboxPublishTopic"];

    public static TheoryData<string> Files { get; } = new(
        Directory.EnumerateFiles(
            Path.Combine(RepositoryFolder.Path, "components"), "*.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(RepositoryFolder.Path, file)));

    private static IReadOnlyDictionary<string, string> Secrets { get; } = new Dictionary<string, string>
    {
        ["BROKER_JOURNAL_DSN"] = "Host=127.0.0.1",
        ["BROKER_REDIS_PASSWORD"] = string.Empty,
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_component_is_for_the_broker_alone_and_has_no_secret_in_it(string file)
    {
        var component = ComponentFile.Read(Path.Combine(RepositoryFolder.Path, file), Secrets);

        Assert.Equal(["ipam-broker"], component.Scopes);
        Assert.Empty(component.Metadata.Keys.Intersect(forbidden));
        Assert.All(
            component.Metadata.Keys.Where(name => name.Contains("assword", StringComparison.Ordinal)),
            name => Assert.Contains(name, component.Secrets));
        if (component.Type.StartsWith("state.", StringComparison.Ordinal))
        {
            Assert.Equal("ipam-journal", component.Name);
            Assert.DoesNotContain(component.Metadata["keyPrefix"], (string[])["appid", "name", "namespace", "none"]);
        }
    }

    [Theory]
    [InlineData("postgresql")]
    [InlineData("redis")]
    public async Task The_double_takes_the_fields_of_the_journals_file(string store)
    {
        var file = Path.Combine(RepositoryFolder.Path, "components", store, "journal.yaml");
        var secrets = new Dictionary<string, string>(Secrets);
        if (store == "postgresql")
        {
            secrets["BROKER_JOURNAL_DSN"] = await servers.ConnectionStringAsync();
        }

        var component = ComponentFile.Read(file, secrets);
        await using var state = await component.ConnectAsync(store == "redis" ? await servers.RedisAsync() : null);
        await using var sidecar = await SidecarDouble.StartAsync(
            state,
            new SidecarDoubleOptions { StateStore = component.Name, KeyPrefix = component.Metadata["keyPrefix"] });
        var settings = Sidecars.Settings(sidecar) with { StateStore = "ipam-journal" };
        await using var journal = DaprJournalStore.Connect(settings, DaprJournalMode.Create, TimeProvider.System);
        var maker = await JournalMaker.CreateAsync(journal);
        await maker.AppendAsync(3);

        Assert.NotNull(await state.GetAsync("ipam||{ipam}.head"));
    }

    [Fact]
    public void The_manifests_have_the_same_components()
    {
        var dapr = Path.Combine(RepositoryFolder.Path, "deploy", "dapr");
        var manifests = Path.Combine(dapr, "kubernetes");
        foreach (var name in new[] { "journal.yaml", "secrets.yaml" })
        {
            Assert.Equal(
                File.ReadAllText(Path.Combine(RepositoryFolder.Path, "components", "postgresql", name)),
                File.ReadAllText(Path.Combine(manifests, name)));
        }

        Assert.Equal(
            File.ReadAllText(Path.Combine(dapr, "configuration.yaml")),
            File.ReadAllText(Path.Combine(manifests, "configuration.yaml")));
    }

    [Theory]
    [InlineData("postgresql")]
    [InlineData("redis")]
    [InlineData("postgresql-init")]
    [InlineData("redis-init")]
    public async Task Docker_compose_takes_its_file(string profile)
    {
        await using var compose = TestProcess.Start("docker-compose",
        [
            "-f", Path.Combine(RepositoryFolder.Path, "docker-compose.yml"),
            "--profile", profile,
            "config", "-q",
        ]);

        Assert.True(await compose.WaitForExitAsync(TimeSpan.FromMinutes(1)) == 0, string.Join('\n', compose.Output));
    }
}
