using Broker.Core.Csrs;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Nodes;
using Broker.Core.Time;
using Broker.Core.Views;

namespace Broker.Core.Certificates;

/// <summary>
/// The certificates of all nodes. One that is retired and expired for a while is forgotten, by the time of the events:
/// a replay forgets the same.
/// </summary>
internal sealed class CertificatesState(NodesState nodes, CsrsState csrs)
{
    private readonly Dictionary<CertificateHash, CertificateState> _byHash = [];
    private readonly SortedSet<CertificateState> _retiredByExpiry = new(CertificateOrder.ByExpiry);
    private readonly LinkedList<CertificateState> _grace = new();

    /// <summary>What is denied for good.</summary>
    public DenialsState Denials { get; } = new();

    public int Count => _byHash.Count;

    /// <summary>Those in grace, first to end first.</summary>
    public IReadOnlyCollection<CertificateState> Grace => _grace;

    public CertificateState? Find(CertificateHash hash) => _byHash.GetValueOrDefault(hash);

    public void Witness(CertificateWitnessed witnessed, long position, Instant at)
    {
        var node = nodes.Find(witnessed.Node)
            ?? throw new InvalidOperationException($"Node {witnessed.Node} was not admitted.");
        var csr = csrs.Find(witnessed.Csr)
            ?? throw new InvalidOperationException($"Request {witnessed.Csr} is unknown.");
        var certificate = new CertificateState(witnessed, node, csr, position);
        Add(certificate);
        csrs.Issue(csr, certificate.Hash);
        Forget(at);
    }

    /// <summary>Takes over a certificate that no request accounts for, or lets one off its hold.</summary>
    public void Adopt(CertificateAdopted adopted, long position, Instant at)
    {
        if (Find(adopted.Certificate) is { } held)
        {
            if (held.Slot != CertificateSlot.Held)
            {
                throw new InvalidOperationException($"Certificate {held.Hash} is not on hold.");
            }

            (held.Slot, held.Assurance, held.Order) = (CertificateSlot.Next, Assurance.Adopted, position);
            (held.Uid, held.Requested) = (adopted.Uid, at);
            AddNext(held);
            return;
        }

        var node = nodes.Find(adopted.Node)
            ?? throw new InvalidOperationException($"Node {adopted.Node} was not admitted.");
        Add(new CertificateState(CertificateState.AsWitnessed(adopted, at), node, null, position));
        Forget(at);
    }

    /// <summary>Marks what the denial hits, of whichever node it is.</summary>
    public void Deny(CertificateDenied denied)
    {
        Denials.Add(denied);
        foreach (var certificate in _byHash.Values)
        {
            if (!certificate.IsOver && Denials.Hits(certificate.Hash, certificate.Key, certificate.Issuer,
                certificate.Serial))
            {
                End(certificate, CertificateSlot.Denied);
            }
        }
    }

    /// <summary>The Node object behind a name is another one: only what was asked for since then counts on.</summary>
    public static void Rebind(NodeState node, NodeUid uid, Instant created)
    {
        foreach (var certificate in node.Certificates)
        {
            if (node.IsProvisional || certificate.Requested >= created)
            {
                certificate.Uid = uid;
            }
        }
    }

    public void Promote(CertificateHash hash, LedgerTime now)
    {
        var certificate = _byHash[hash];
        var node = certificate.Node;
        _ = node.Next.Remove(certificate); // It is there: only a next one is promoted.
        if (node.Current is { } old)
        {
            old.Slot = CertificateSlot.Grace;
            old.GraceUntil = now.PlusSeconds(CertificateState.GraceSeconds);
            _ = _grace.AddLast(old);
        }

        node.Current = certificate;
        node.PromotedDecision = Math.Max(node.PromotedDecision, certificate.Order);
        certificate.Slot = CertificateSlot.Current;
    }

    public void Retire(CertificateHash hash, Instant at)
    {
        End(_byHash[hash], CertificateSlot.Retired);
        Forget(at);
    }

    /// <summary>With its node all of a node's certificates retire.</summary>
    public void RetireAll(NodeState node)
    {
        foreach (var certificate in Of(node))
        {
            End(certificate, CertificateSlot.Retired);
        }
    }

    /// <summary>The certificates of a node that are not retired, in the order of their hashes.</summary>
    public static List<CertificateState> Of(NodeState node)
    {
        var found = node.Certificates.FindAll(certificate => certificate.Slot != CertificateSlot.Retired);
        found.Sort(static (left, right) => string.CompareOrdinal(left.Hash.Value, right.Hash.Value));
        return found;
    }

    public void Validate(List<string> faults)
    {
        var count = 0;
        foreach (var node in nodes.All)
        {
            count += node.Certificates.Count;
        }

        foreach (var certificate in _byHash.Values)
        {
            var (node, slot) = (certificate.Node, certificate.Slot);
            if (slot == CertificateSlot.Current != (node.Current == certificate)
                || slot == CertificateSlot.Next != node.Next.Contains(certificate)
                || slot == CertificateSlot.Grace != _grace.Contains(certificate)
                || certificate.IsOver != _retiredByExpiry.Contains(certificate)
                || !node.Certificates.Contains(certificate)
                || (certificate.Csr is { } csr && !csrs.Knows(csr)))
            {
                faults.Add($"Certificate {certificate.Hash} is indexed wrongly.");
            }
        }

        if (_byHash.Count != count)
        {
            faults.Add("The indexes of certificates differ in size.");
        }
    }

    private void Add(CertificateState certificate)
    {
        _byHash.Add(certificate.Hash, certificate);
        certificate.Node.Certificates.Add(certificate);
        if (certificate.Slot == CertificateSlot.Next)
        {
            AddNext(certificate);
        }
    }

    private static void AddNext(CertificateState certificate)
    {
        var next = certificate.Node.Next;
        var place = next.FindIndex(other => other.Order > certificate.Order);
        next.Insert(place < 0 ? next.Count : place, certificate);
    }

    private void End(CertificateState certificate, CertificateSlot slot)
    {
        if (certificate.IsOver)
        {
            return;
        }

        var node = certificate.Node;
        if (node.Current == certificate)
        {
            node.Current = null;
        }

        _ = node.Next.Remove(certificate); // It stands in one of the three, or in none once it is retired.
        if (certificate.Slot == CertificateSlot.Grace)
        {
            _ = _grace.Remove(certificate); // It is there: its slot says so.
        }

        certificate.Slot = slot;
        _ = _retiredByExpiry.Add(certificate); // It was not over before.
    }

    private void Forget(Instant at)
    {
        while (_retiredByExpiry.Min is { } certificate && certificate.IsForgettable(at))
        {
            _ = _retiredByExpiry.Remove(certificate); // It is the smallest.
            _ = _byHash.Remove(certificate.Hash); // The indexes hold the same certificates.
            _ = certificate.Node.Certificates.Remove(certificate); // The indexes hold the same certificates.
            if (certificate.Csr is { } csr)
            {
                csrs.Unpin(csr);
            }
        }
    }
}
