using Broker.Core.Journal;
using Broker.Journal.Writing;

namespace Broker.Server.Cluster;

/// <summary>
/// Tells the cluster of what becomes durable while the broker serves; what is replayed was told before.
/// </summary>
internal sealed class NoticeObserver : IDurableObserver
{
    /// <summary>Set once the broker serves.</summary>
    public ClusterNotices? Notices { get; set; }

    public void OnDurable(long first, IReadOnlyList<Fact> facts)
    {
        if (Notices is { } notices)
        {
            foreach (var fact in facts)
            {
                notices.Told(fact);
            }
        }
    }
}
