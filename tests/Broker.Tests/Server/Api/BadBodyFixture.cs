using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Api;

/// <summary>A broker with a caller at each listener.</summary>
public sealed class BadBodyFixture : IAsyncLifetime
{
    private readonly Dictionary<TestListener, RawApi> _callers = [];
    private string _token = string.Empty;

    public TestBroker Broker { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // One node sends all that is wrong, quicker than any node may.
        Broker = await TestBroker.StartAsync(new TestBrokerPlan
        {
            Settings = new Dictionary<string, string?>
            {
                ["limits:nodeRequestsPerSecond"] = "100000",
                ["limits:nodeRequestBurst"] = "100000",
            },
        });
        var node = await Broker.EnrolNodeAsync("bad-node");
        _token = await Broker.IssueTokenAsync("bad-other");
        _callers[TestListener.Node] = node.Raw();
        _callers[TestListener.People] = Broker.Raw(TestListener.People, Broker.OperatorCertificate);
        _callers[TestListener.Enrol] = Broker.Raw(TestListener.Enrol);
    }

    public ValueTask DisposeAsync() => Broker.DisposeAsync();

    /// <summary>One of <see cref="BodyCase"/>'s calls with this body.</summary>
    public Task<RawAnswer> SendAsync(string call, byte[]? body, string? contentType)
    {
        var one = BodyCase.All[call];
        return SendAsync(one.Listener, one.Method, one.Path, body, contentType);
    }

    /// <summary>Any call, with the token where one is needed.</summary>
    public Task<RawAnswer> SendAsync(
        TestListener listener, string method, string path, byte[]? body = null, string? contentType = null)
    {
        (string, string)[] headers = listener == TestListener.Enrol ? [("Authorization", $"Bearer {_token}")] : [];
        return _callers[listener].SendAsync(method, path, body, contentType, headers);
    }
}
