using System.Security.Cryptography;
using Broker.Agent.Certificates;
using Broker.Agent.Hosting;
using Broker.Agent.Renewal;
using Xunit;

namespace Broker.Tests.Agent;

/// <summary>When the agent renews, on a clock of the test's own.</summary>
public sealed class RenewalLoopTest
{
    [Theory]
    [InlineData(0, 70)]
    [InlineData(0.5, 80)]
    [InlineData(0.999_999, 90)]
    public void Renewal_is_due_at_70_to_90_percent_of_the_whole_lifetime(double jitter, int percent)
    {
        var from = AgentCertificates.Now;

        var due = RenewalSchedule.DueAt(from, from.AddDays(100), jitter);

        Assert.Equal(percent, (due - from).TotalDays, tolerance: 0.01);
    }

    [Fact]
    public void Failures_wait_two_seconds_then_twice_as_long_up_to_two_minutes()
    {
        var delays = new List<double>();
        for (var delay = BackOff.Start(); delays.Count < 8; delay = delay.Next())
        {
            delays.Add(delay.Delay.TotalSeconds);
        }

        Assert.Equal([2, 4, 8, 16, 32, 64, 120, 120], delays);
    }

    [Fact]
    public async Task A_certificate_of_a_year_is_renewed_when_it_is_due_and_a_failure_is_tried_again()
    {
        var clock = new JumpingClock(AgentCertificates.Now);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var asked = new List<DateTimeOffset>();
        var (first, second) = (Issue(365), Issue(700));
        var loop = new RenewalLoop(
            clock,
            () => 0,
            (_, _) =>
            {
                asked.Add(clock.GetUtcNow());
                if (asked.Count == 4)
                {
                    stop.Cancel();
                }

                return asked.Count < 3
                    ? throw new AgentFailureException("request_denied", "not today")
                    : Task.FromResult(second);
            },
            _ => { });

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop.RunAsync(first, stop.Token));

        var due = Due(first);
        Assert.Equal([due, due.AddSeconds(2), due.AddSeconds(6), Due(second)], asked);
        Assert.True(clock.LongestWait <= TimeSpan.FromHours(1), $"one wait of {clock.LongestWait}");
    }

    private static DateTimeOffset Due(IssuedCertificate certificate) =>
        RenewalSchedule.DueAt(certificate.NotBefore, certificate.NotAfter, 0);

    private static IssuedCertificate Issue(int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = AgentCertificates.Sign(key, draft => draft.NotAfter = AgentCertificates.Now.AddDays(days));
        return IssuedCertificate.Of(pem, key, AgentCertificates.NodeName, AgentCertificates.Now);
    }
}
