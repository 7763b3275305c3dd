using System.Collections.Concurrent;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Time;
using Broker.Core.Views;
using Broker.Identity.Certificates;
using Broker.Identity.Reasons;

namespace Broker.Identity.Witness;

/// <summary>
/// Who is who, as the durable events say: fed in journal order by one writer, read by any number of threads without a
/// lock. A certificate counts by its exact hash; serial number and key only tell why another one does not, because a
/// deny-list by hash is passed by altering the signature (ECDSA: s and n-s both verify).
/// </summary>
public sealed class IdentityIndex
{
    private readonly Lock writing = new();
    private readonly ConcurrentDictionary<CertificateHash, WitnessedCertificate> certificates = new();
    private readonly ConcurrentDictionary<SerialKey, CertificateHash> serials = new();
    private readonly ConcurrentDictionary<KeyHash, NodeName> keys = new();
    private readonly ConcurrentDictionary<NodeName, KnownNode> nodes = new();
    private readonly Dictionary<KeyHash, int> keyUses = [];
    private readonly DeniedIdentities denied = new();
    private readonly RefusedRequests refusedRequests = new();
    private readonly EvidenceGaps gaps = new();
    private long generation;

    /// <summary>Rises after each change that can refuse somebody who was accepted before.</summary>
    public long Generation => Interlocked.Read(ref generation);

    /// <summary>Certificates on record, the retired ones too.</summary>
    public int CertificateCount => certificates.Count;

    /// <summary>Takes in one durable event, in journal order.</summary>
    /// <param name="e">What happened.</param>
    /// <param name="at">
    /// When it was recorded. A certificate that was adopted after a Node was made counts for that Node.
    /// </param>
    public void Apply(LedgerEvent e, Instant? at = null)
    {
        lock (writing)
        {
            switch (e)
            {
                case CertificateWitnessed witnessed:
                    Witness(witnessed);
                    break;
                case CertificatePromoted promoted:
                    Promote(promoted);
                    break;
                case CertificateRetired retired:
                    Move(retired.Certificate, CertificateSlot.Retired);
                    Raise();
                    break;
                case CertificateAdopted adopted:
                    Adopt(adopted, at);
                    break;
                case CertificateDenied denial:
                    denied.Add(denial);
                    Raise();
                    break;
                case CsrObserved or CsrDenied or CsrFailed or CsrContradicted:
                    refusedRequests.Apply(e);
                    break;
                case EvidenceGap gap:
                    gaps.Add(gap);
                    break;
                case NodeAdmitted admitted:
                    nodes[admitted.Node] = new KnownNode(
                        admitted.Uid, Standing.Active, null, admitted.IsProvisional);
                    Raise();
                    break;
                case NodeRebound rebound:
                    Rebind(rebound);
                    break;
                case NodeQuarantined quarantined:
                    Stand(quarantined.Node, quarantined.Uid, Standing.Quarantined);
                    break;
                case NodeFenced fenced:
                    Stand(fenced.Node, fenced.Uid, Standing.Fenced);
                    break;
                case NodeReadmitted readmitted:
                    Stand(readmitted.Node, readmitted.Uid, Standing.Active);
                    break;
                case NodeRetired retired:
                    Stand(retired.Node, retired.Uid, Standing.Retired);
                    break;
                default:
                    // Pools, blocks, leases, tokens and requests say nothing about who somebody is.
                    break;
            }
        }
    }

    /// <summary>
    /// Whether this node certificate may be used now. Four look-ups at most; asked for every request.
    /// </summary>
    public IdentityVerdict Resolve(ExaminedCertificate c, DateTimeOffset now)
    {
        if (denied.Hit(c))
        {
            return IdentityVerdict.Refused(
                ReasonCodes.CertificateDenied, "The certificate, its key or its serial number was denied.");
        }

        if (c.NodeName is not { } name || !certificates.TryGetValue(c.Hash, out var record) || record.Node != name)
        {
            return ResolveUnknown(c);
        }

        if (Instant.From(now) >= record.NotAfter)
        {
            return IdentityVerdict.Refused(ReasonCodes.Expired, $"The certificate ended at {record.NotAfter}.");
        }

        if (record.Slot == CertificateSlot.Retired)
        {
            return IdentityVerdict.Refused(
                ReasonCodes.Superseded,
                $"The certificate of node '{name}' was replaced and retired.",
                AlarmKind.Superseded);
        }

        if (record.Slot == CertificateSlot.Held)
        {
            return IdentityVerdict.Refused(
                ReasonCodes.Held, $"The certificate of node '{name}' is on hold: {record.Hold}.");
        }

        return nodes.TryGetValue(name, out var node)
            ? ResolveKnown(c, record, node)
            : IdentityVerdict.Refused(ReasonCodes.Unwitnessed, $"Node '{name}' was never admitted.");
    }

    /// <summary>
    /// Drops records of certificates that ended before <paramref name="before"/>; they are refused by their date.
    /// </summary>
    public int Forget(DateTimeOffset before)
    {
        var limit = Instant.From(before);
        lock (writing)
        {
            var dropped = 0;
            foreach (var record in certificates.Values)
            {
                if (record.NotAfter < limit && certificates.TryRemove(record.Certificate, out _))
                {
                    dropped++;
                    _ = serials.TryRemove(KeyValuePair.Create(record.Serial, record.Certificate));
                    ReleaseKey(record.Key);
                }
            }

            return dropped;
        }
    }

    private static IdentityVerdict ResolveKnown(ExaminedCertificate c, WitnessedCertificate record, KnownNode node)
    {
        if (node.Standing == Standing.Fenced)
        {
            return IdentityVerdict.Refused(ReasonCodes.NodeFenced, $"Node '{record.Node}' is fenced.");
        }

        if (node.Standing == Standing.Retired)
        {
            return IdentityVerdict.Refused(ReasonCodes.NodeRetired, $"Node '{record.Node}' is retired.");
        }

        if (record.Uid != node.Uid)
        {
            return IdentityVerdict.Refused(
                ReasonCodes.NodeUidChanged, $"The certificate belongs to an earlier Node '{record.Node}'.");
        }

        return c.SubjectUid is not null && c.SubjectUid != node.Uid.Value
            ? IdentityVerdict.Refused(ReasonCodes.UidMismatch, "The subject's user UID is not the Node's.")
            : IdentityVerdict.Accepted(record.Uid, record.Slot, node.Standing);
    }

    private IdentityVerdict ResolveUnknown(ExaminedCertificate c)
    {
        if (c.NodeName is not { } name)
        {
            return IdentityVerdict.Refused(ReasonCodes.Role, "The certificate is not a node's.");
        }

        // Same key as well: the same certificate in other bytes (an altered signature), and as unwitnessed as any.
        if (serials.TryGetValue(new SerialKey(c.IssuerKey, c.Serial), out var hash)
            && certificates.TryGetValue(hash, out var twin)
            && twin.Key != c.Key)
        {
            return IdentityVerdict.Refused(
                ReasonCodes.SerialReuse,
                $"Serial number {c.Serial} of this CA belongs to another certificate, of node '{twin.Node}'.",
                AlarmKind.Unwitnessed);
        }

        if (keys.TryGetValue(c.Key, out var owner) && owner != name)
        {
            return IdentityVerdict.Refused(
                ReasonCodes.KeyReuse, $"The key is known as that of node '{owner}'.", AlarmKind.KeyReuse);
        }

        if (refusedRequests.Find(c.Key) is { } code)
        {
            return IdentityVerdict.Refused(
                code, $"The request for this key of '{name}' did not end in a certificate.", AlarmKind.Unwitnessed);
        }

        if (gaps.Hold(c))
        {
            return IdentityVerdict.Refused(
                ReasonCodes.EvidenceGap,
                $"The certificate of '{name}' is from a time when nobody watched.",
                AlarmKind.EvidenceGap);
        }

        return IdentityVerdict.Refused(
            ReasonCodes.Unwitnessed,
            $"No approved request on record accounts for this certificate of '{name}'.",
            AlarmKind.Unwitnessed);
    }

    private void Witness(CertificateWitnessed e)
    {
        Add(new WitnessedCertificate(
            e.Certificate,
            e.Node,
            e.Uid,
            e.Key,
            new SerialKey(e.Issuer, e.Serial),
            e.NotAfter,
            e.Hold is null ? CertificateSlot.Next : CertificateSlot.Held,
            e.Requested,
            e.Hold));
    }

    private void Adopt(CertificateAdopted e, Instant? at)
    {
        Add(new WitnessedCertificate(
            e.Certificate,
            e.Node,
            e.Uid,
            e.Key,
            new SerialKey(e.Issuer, e.Serial),
            e.NotAfter,
            CertificateSlot.Next,
            at,
            null));
    }

    private void Add(WitnessedCertificate record)
    {
        _ = keys.TryAdd(record.Key, record.Node);
        if (!certificates.ContainsKey(record.Certificate))
        {
            keyUses[record.Key] = keyUses.GetValueOrDefault(record.Key) + 1;
        }

        serials[record.Serial] = record.Certificate;

        // Last, because readers begin with it.
        certificates[record.Certificate] = record;
    }

    private void Rebind(NodeRebound e)
    {
        var before = nodes.GetValueOrDefault(e.Node);
        foreach (var record in certificates.Values)
        {
            if (record.Node == e.Node && (before is { IsProvisional: true } || record.Requested >= e.Created))
            {
                certificates[record.Certificate] = record with { Uid = e.Uid };
            }
        }

        nodes[e.Node] = new KnownNode(e.Uid, before?.Standing ?? Standing.Active, before?.Current, false);
        Raise();
    }

    private void ReleaseKey(KeyHash key)
    {
        if (--keyUses[key] == 0)
        {
            _ = keyUses.Remove(key);
            _ = keys.TryRemove(key, out _);
        }
    }

    private void Promote(CertificatePromoted e)
    {
        if (nodes.TryGetValue(e.Node, out var node))
        {
            if (node.Current is { } old && old != e.Certificate)
            {
                Move(old, CertificateSlot.Grace);
            }

            nodes[e.Node] = node with { Current = e.Certificate };
        }

        Move(e.Certificate, CertificateSlot.Current);
    }

    private void Move(CertificateHash hash, CertificateSlot slot)
    {
        if (certificates.TryGetValue(hash, out var record) && record.Slot != CertificateSlot.Retired)
        {
            certificates[hash] = record with { Slot = slot };
        }
    }

    private void Stand(NodeName name, NodeUid uid, Standing standing)
    {
        var node = nodes.GetValueOrDefault(name);
        nodes[name] = new KnownNode(uid, standing, node?.Current, node?.IsProvisional ?? false);
        Raise();
    }

    private void Raise() => _ = Interlocked.Increment(ref generation);
}
