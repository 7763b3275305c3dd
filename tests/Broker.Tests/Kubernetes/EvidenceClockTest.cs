using Broker.Core.Commands;
using Broker.Kubernetes.Recording;
using Broker.Kubernetes.Watching;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Broker.Tests.Kubernetes;

/// <summary>Since when the record is whole, and when nobody watched.</summary>
public sealed class EvidenceClockTest : IContactMark
{
    private static readonly HashSet<string> Signers = ["a/a", "b/b"];
    private readonly FakeTimeProvider _time = new(ClusterPki.Now);
    private readonly RecordingLedger _ledger = new();
    private DateTimeOffset? _mark;

    [Fact]
    public void The_record_is_whole_once_each_signers_list_begun_later_is_in_it()
    {
        var clock = new EvidenceClock(_time, this, Signers);
        Assert.False(clock.IsCompleteSince(0));
        clock.Complete("a/a", 10);
        Assert.False(clock.IsCompleteSince(5));
        clock.Complete("b/b", 8);

        Assert.True(clock.IsCompleteSince(7));
        Assert.False(clock.IsCompleteSince(8));
    }

    [Fact]
    public async Task Each_start_says_since_when_nobody_watched()
    {
        await new EvidenceClock(_time, this, Signers).ResumedAsync(_ledger, null);
        _mark = ClusterPki.Now.AddSeconds(-5);
        await new EvidenceClock(_time, this, Signers).ResumedAsync(_ledger, null);
        _mark = ClusterPki.Now.AddSeconds(5);
        await new EvidenceClock(_time, this, Signers).ResumedAsync(_ledger, null);

        Assert.Equal(
            [null, ClusterPki.Now.AddSeconds(-5), null],
            _ledger.Commands.Cast<RecordGap>().Select(gap => gap.Since?.ToDateTimeOffset()));
    }

    [Fact]
    public async Task While_it_runs_only_a_silence_that_loses_evidence_is_recorded()
    {
        var clock = new EvidenceClock(_time, this, Signers);
        await clock.ResumedAsync(_ledger, null);
        await clock.ResumedAsync(_ledger, ClusterPki.Now.AddMinutes(-55));
        Assert.Single(_ledger.Commands);

        await clock.ResumedAsync(_ledger, ClusterPki.Now.AddMinutes(-56));

        Assert.Equal(2, _ledger.Commands.Count);
    }

    DateTimeOffset? IContactMark.Read() => _mark;

    void IContactMark.Write(DateTimeOffset at) => _mark = at;
}
