using Broker.Contracts.Problems;
using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Kubernetes.Events;
using Broker.Server.Api;
using Broker.Server.Authentication;

namespace Broker.Server.Cluster;

/// <summary>
/// What is told to whoever looks at a pod or a Node of the cluster. Telling never waits and never fails.
/// </summary>
/// <param name="publisher">Null where there is no cluster, or Events are off.</param>
internal sealed class ClusterNotices(EventPublisher? publisher)
{
    private const int DetailCharsMax = 512;

    /// <summary>A node that is authenticated was refused a grant.</summary>
    public void Refused(Caller caller, AskedFor asked, Refusal refusal)
    {
        if (publisher is null || caller.NodeName is not { } node)
        {
            return;
        }

        var code = RefusalCodes.Text(refusal.Code);
        // The detail of a malformed field quotes it; the others name pools, blocks and nodes.
        var says = refusal.Code == RefusalCode.InvalidField
            ? ProblemKinds.Find(code)?.Title ?? "A field has a wrong form."
            : Plain(refusal.Detail);
        var what = asked.Pod == PodIdentity.None ? "Broker grants nothing" : "No address from Broker";
        publisher.Offer(new ClusterNotice(
            node, asked.Pod, refusal.Code.ToString(), $"{what}: {says} ({code}; see: brokerctl explain {code})"));
    }

    /// <summary>Something became durable that an operator should see at its Node.</summary>
    public void Told(Fact fact)
    {
        var (node, reason, message) = fact.Event switch
        {
            AlarmRaised alarm => (
                alarm.Node,
                $"{alarm.Kind}Alarm",
                $"Broker raised an alarm of kind {alarm.Kind} about this node's name; see: brokerctl events --type "
                    + "alarm.raised"),
            NodeFenced fenced => (
                fenced.Node,
                "Fenced",
                "Broker has fenced this node: it is refused, and its pods keep what they have; see: brokerctl nodes "
                    + $"show {fenced.Node}"),
            NodeQuarantined quarantined => (
                quarantined.Node,
                "Quarantined",
                "Broker has quarantined this node: new pods get no address; see: brokerctl nodes show "
                    + $"{quarantined.Node}"),
            _ => ((NodeName?)null, "", ""),
        };
        if (node is { } about)
        {
            publisher?.Offer(new ClusterNotice(about, PodIdentity.None, reason, message));
        }
    }

    private static string Plain(string text)
    {
        var plain = text.Length <= DetailCharsMax ? text : text[..DetailCharsMax] + "...";
        return string.Concat(plain.Select(c => c is >= ' ' and <= '~' ? c : '?'));
    }
}
