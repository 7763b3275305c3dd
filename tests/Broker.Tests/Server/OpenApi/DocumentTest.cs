using Broker.Server.Api;
using Broker.Testing.Servers;
using Broker.Tests.House;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Xunit;

namespace Broker.Tests.Server.OpenApi;

public sealed class DocumentTest(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private static readonly string golden = Path.Combine(RepositoryRoot.Path, "src", "Broker.Contracts", "OpenApi");

    private IReadOnlyList<EndpointRow> Table =>
        fixture.Broker.Host.Services.GetRequiredService<EndpointTable>().Rows;

    public static TheoryData<string> Listeners => [.. Enum.GetNames<ListenerKind>()];

    [Theory]
    [MemberData(nameof(Listeners))]
    public async Task Each_row_of_the_listener_is_described_and_nothing_else(string listener)
    {
        var kind = Enum.Parse<ListenerKind>(listener);

        var description = await Description.ReadAsync(fixture.Broker, kind);

        Assert.Equal(
            Table.Where(row => row.Listener == kind).Select(row => $"{row.Method} {row.Path}").Order(),
            description.Operations.Order());
    }

    [Fact]
    public void Each_row_has_a_sentence_and_a_name_of_its_own()
    {
        Assert.All(Table, row => Assert.True(
            row.About is { } about && about.Summary.EndsWith('.') && char.IsAsciiLetterUpper(about.Summary[0]),
            $"{row.Listener} {row.Method} {row.Path} needs an EndpointAbout with a sentence."));
        Assert.All(
            Table.GroupBy(row => (row.Listener, row.About!.Id)), group => Assert.Single(group));
    }

    [Theory]
    [MemberData(nameof(Listeners))]
    public async Task The_document_is_OpenAPI_3_1_that_a_reader_takes_without_a_complaint(string listener)
    {
        var description = await Description.ReadAsync(fixture.Broker, Enum.Parse<ListenerKind>(listener));

        var read = OpenApiDocument.Parse(description.Text, OpenApiConstants.Json);

        Assert.Empty(read.Diagnostic!.Errors.Select(error => error.Message));
        Assert.Empty(read.Diagnostic.Warnings.Select(warning => warning.Message));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
    }

    /// <summary>A change of the surface is meant twice: BROKER_TEST_WRITE_GOLDEN=1 writes the files anew.</summary>
    [Theory]
    [MemberData(nameof(Listeners))]
    public async Task The_document_in_the_repository_is_the_one_that_is_served(string listener)
    {
        var file = Path.Combine(golden, $"{listener.ToLowerInvariant()}.json");
        var description = await Description.ReadAsync(fixture.Broker, Enum.Parse<ListenerKind>(listener));
        if (Environment.GetEnvironmentVariable("BROKER_TEST_WRITE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(file, description.Text, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), description.Text);
    }

    [Fact]
    public async Task A_node_reads_the_description_of_its_own_listener_and_no_other()
    {
        var node = await fixture.Broker.EnrolNodeAsync("doc-reader");
        var own = await Description.ReadAsync(fixture.Broker, ListenerKind.Node);

        Assert.Equal(own.Text, (await node.Raw().SendAsync("GET", "/openapi.json")).Text);
        Assert.Equal("query_invalid", (await node.Raw().SendAsync("GET", "/openapi.json?listener=people")).Outcome);
    }

    [Fact]
    public async Task A_listener_that_there_is_not_is_refused_by_name()
    {
        var api = fixture.Broker.Raw(TestListener.People, fixture.Broker.OperatorCertificate);

        Assert.Equal("query_invalid", (await api.SendAsync("GET", "/openapi.json?listener=web")).Outcome);
    }

    [Fact]
    public async Task The_query_parameters_that_are_described_are_the_ones_that_are_read()
    {
        var node = await fixture.Broker.EnrolNodeAsync("doc-query");
        var apis = new Dictionary<ListenerKind, RawApi>
        {
            [ListenerKind.Node] = node.Raw(),
            [ListenerKind.People] = fixture.Broker.Raw(TestListener.People, fixture.Broker.OperatorCertificate),
            [ListenerKind.Enrol] = fixture.Broker.Raw(TestListener.Enrol),
        };
        foreach (var row in Table.Where(row => row.Listener != ListenerKind.Health))
        {
            var names = row.About!.Query.Select(parameter => parameter.Name).ToList();

            var answer = await apis[row.Listener].SendAsync(row.Method, ServerPaths.Fill(row.Path) + "?surprise=1");

            Assert.Equal($"{row.Path} query_invalid", $"{row.Path} {answer.Outcome}");
            Assert.Equal(
                "The query parameter 'surprise' is not known here; known: "
                + (names.Count == 0 ? "none" : string.Join(", ", names)) + ".",
                answer.Problem!.Detail);
        }
    }
}
