using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Broker.Contracts.Routing;
using Broker.Testing.Processes;
using Broker.Testing.Servers;
using Xunit;

namespace Broker.Tests.Server.Telemetry;

public sealed class TracesTest
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Parent = "00f067aa0ba902b7";

    [Fact]
    public async Task A_request_goes_on_in_its_callers_trace_and_what_the_ledger_did_lies_below_it()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Broker" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId.ToHexString() == Trace)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var broker = await TestBroker.StartAsync();
        var api = broker.Raw(TestListener.People, broker.OperatorCertificate);

        var answer = await api.JsonAsync(
            "PUT", "/v1/pools/traced", """{"cidr":"10.60.0.0/16"}""", ("traceparent", $"00-{Trace}-{Parent}-01"));

        Assert.Equal("200", answer.Outcome);
        await Eventually.HoldsAsync(
            "the request's span has ended", () => Task.FromResult(spans.Count == 3), TimeSpan.FromSeconds(20));
        var request = Assert.Single(spans, span => span.Source.Name == "Microsoft.AspNetCore");
        Assert.Equal(Parent, request.ParentSpanId.ToHexString());
        foreach (var name in new[] { "ledger.decide", "ledger.commit" })
        {
            var span = Assert.Single(spans, span => span.OperationName == name);
            Assert.Equal(request.SpanId, span.ParentSpanId);
            Assert.Equal("DefinePool", span.GetTagItem("broker.command"));
            Assert.True(span.StartTimeUtc >= request.StartTimeUtc.AddMilliseconds(-1), "It began before its request.");
            Assert.True(span.Duration < TimeSpan.FromMinutes(1) && span.Duration >= TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task Traces_reach_the_collector_that_is_named_and_are_sent_out_before_the_end()
    {
        var address = $"http://127.0.0.1:{FreePort.Take(1)[0]}/";
        using var collector = new HttpListener();
        collector.Prefixes.Add(address);
        collector.Start();
        var received = ReceiveAsync(collector);
        await using (var broker = await TestBroker.StartAsync(new TestBrokerPlan
        {
            Settings = new Dictionary<string, string?>
            {
                ["telemetry:otlpEndpoint"] = $"{address}v1/traces",
                ["telemetry:otlpProtocol"] = "http",
            },
        }))
        {
            var api = broker.Raw(TestListener.People, broker.OperatorCertificate);
            _ = await api.SendAsync("GET", ApiRoutes.Pools, ("traceparent", $"00-{Trace}-{Parent}-01"));
        }

        var (path, body) = await received.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal("/v1/traces", path);
        Assert.Contains(
            Encoding.Latin1.GetString(Convert.FromHexString(Trace)),
            Encoding.Latin1.GetString(body),
            StringComparison.Ordinal);
    }

    private static async Task<(string Path, byte[] Body)> ReceiveAsync(HttpListener collector)
    {
        var context = await collector.GetContextAsync();
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        context.Response.Close();
        return (context.Request.Url!.AbsolutePath, body.ToArray());
    }
}
