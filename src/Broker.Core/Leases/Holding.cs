using Broker.Core.Addresses;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Nodes;
using Broker.Core.Requests;
using Broker.Core.Time;
using Broker.Core.Views;

namespace Broker.Core.Leases;

/// <summary>All that one attachment holds: at most one lease a family, granted in one commit.</summary>
internal sealed class Holding : RequestUse
{
    public required NodeState Node { get; init; }

    public required Attachment Attachment { get; init; }

    public required PodIdentity Pod { get; init; }

    public required PodAssurance PodAssurance { get; init; }

    public required CertificateHash Certificate { get; init; }

    public required RequestId? Request { get; init; }

    public required Instant GrantedAt { get; init; }

    public Lease? Lease4 { get; private set; }

    public Lease? Lease6 { get; private set; }

    public bool IsEmpty => Lease4 is null && Lease6 is null;

    public void Add(Lease lease) => Set(lease.Address.Family, lease);

    public void Remove(Lease lease) => Set(lease.Address.Family, null);

    /// <summary>
    /// What is kept of the holder after a release by its node; null when nobody may have the address back at once,
    /// because the pod has no name, or its name is the node's word for what could have been looked up.
    /// </summary>
    public Former? Former => FormerOf(Attachment, Pod, PodAssurance);

    public static Former? FormerOf(Attachment attachment, PodIdentity pod, PodAssurance assurance) =>
        pod.Namespace.Length > 0 && pod.Name.Length > 0 && assurance != PodAssurance.Unverified
            ? new Former(pod.Namespace, pod.Name, attachment.Network, attachment.Interface)
            : null;

    /// <summary>The leases, IPv4 first.</summary>
    public IReadOnlyList<LeaseView> Views() => (Lease4, Lease6) switch
    {
        ({ } four, { } six) => [four.View(), six.View()],
        ({ } four, null) => [four.View()],
        (null, { } six) => [six.View()],
        _ => [],
    };

    private void Set(IpFamily family, Lease? lease)
    {
        if (family == IpFamily.IPv4)
        {
            Lease4 = lease;
        }
        else
        {
            Lease6 = lease;
        }
    }
}
