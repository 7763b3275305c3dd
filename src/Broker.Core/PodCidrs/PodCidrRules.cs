using Broker.Core.Commands;
using Broker.Core.Refusals;
using Broker.Core.Views;

namespace Broker.Core.PodCidrs;

/// <summary>
/// Writes down what Nodes have already: as a block of its node where it fits one, else as a reservation that bears the
/// Node's name. Whatever happens, nobody else is granted it.
/// </summary>
internal static class PodCidrRules
{
    /// <summary>Most podCIDRs of one Node that are looked at; Kubernetes allows one a family.</summary>
    public const int PodCidrsMax = 8;

    public static Decision Adopt(Draft draft, AdoptPodCidrs command)
    {
        var seen = command.Seen;
        if (seen.Node.Value is null || seen.Uid.Value is null || seen.PodCidrs.Count > PodCidrsMax)
        {
            return Draft.Refuse(
                RefusalCode.InvalidField, $"node, uid, podCIDRs: all are needed, and at most {PodCidrsMax} of them.");
        }

        var taken = new PodCidrAdoption(draft, command);
        foreach (var cidr in seen.PodCidrs.Distinct())
        {
            foreach (var pool in draft.State.Pools.PodCidrs.Where(pool => pool.Spec.Cidr.Overlaps(cidr)))
            {
                taken.Take(pool, cidr);
            }
        }

        return draft.Answer(new PodCidrsAdopted(taken.Conflicts));
    }
}
