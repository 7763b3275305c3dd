using Broker.Core.Certificates;
using Broker.Core.Commands;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Views;

namespace Broker.Core.Nodes;

/// <summary>
/// Whether a node may do what it asks, looked up again at the moment of deciding: between the door and here the node
/// may have been fenced, or its certificate replaced.
/// </summary>
internal static class CallerRules
{
    /// <summary>The identity checks of a node's command; null when they pass.</summary>
    public static Refusal? Check(Draft draft, NodeCaller caller, bool grants) =>
        Check(draft, caller.Name, caller.Uid, caller.Certificate, grants);

    /// <summary>The same for the certificate that is renewed; a UID of null is not compared.</summary>
    public static Refusal? Check(Draft draft, NodeName name, NodeUid? uid, CertificateHash hash, bool grants)
    {
        if (draft.State.Certificates.Find(hash) is not { } certificate)
        {
            return new Refusal(RefusalCode.Unwitnessed, "No approved request accounts for this certificate.");
        }

        var node = certificate.Node;
        if (node.Name != name)
        {
            return new Refusal(RefusalCode.SubjectMismatch, $"The certificate is of node {node.Name}, not of {name}.");
        }

        if (node.Standing == Standing.Retired)
        {
            return new Refusal(RefusalCode.NodeRetired, $"Node {name} was retired.");
        }

        if (certificate.Uid != node.Uid || (uid is { } asked && asked != node.Uid))
        {
            return new Refusal(RefusalCode.NodeUidChanged, $"Node {name} is another one than the certificate names.");
        }

        return CheckSlot(draft, certificate) ?? CheckStanding(node, grants) ?? CheckRegistered(node, grants);
    }

    /// <summary>
    /// Counts as use of the caller's certificate: the first use of a next one makes it current. Called once nothing
    /// can be refused any more, and before any other fact.
    /// </summary>
    public static void Use(Draft draft, NodeCaller caller)
    {
        var certificate = draft.State.Certificates.Find(caller.Certificate)!;
        if (certificate.Slot != CertificateSlot.Next)
        {
            return;
        }

        var promoted = new CertificatePromoted(caller.Name, caller.Certificate);
        _ = draft.AddOnNode(promoted, caller.Name); // Nobody asks where.
        foreach (var other in certificate.Node.Next)
        {
            if (other.Order < certificate.Order)
            {
                _ = draft.AddOnNode(new CertificateRetired(caller.Name, other.Hash), caller.Name); // Nobody asks where.
            }
        }
    }

    private static Refusal? CheckSlot(Draft draft, CertificateState certificate)
    {
        if (certificate.Slot == CertificateSlot.Denied)
        {
            return new Refusal(RefusalCode.CertificateDenied, "The certificate was denied by an operator.");
        }

        if (certificate.Slot == CertificateSlot.Held)
        {
            return new Refusal(RefusalCode.Held, $"The certificate is on hold: {certificate.Hold}.");
        }

        // The timer that retires comes late or not at all; the grace is over all the same.
        if (certificate.Slot == CertificateSlot.Retired
            || (certificate.Slot == CertificateSlot.Grace && certificate.GraceUntil <= draft.Now))
        {
            return new Refusal(RefusalCode.Superseded, "The certificate was replaced by a newer one.");
        }

        return certificate.NotAfter < draft.Wall
            ? new Refusal(RefusalCode.CertificateExpired, $"The certificate expired at {certificate.NotAfter}.")
            : null;
    }

    private static Refusal? CheckRegistered(NodeState node, bool grants) => grants && node.IsProvisional
        ? new Refusal(RefusalCode.NodeUnregistered, $"There is no Node object '{node.Name}' yet: no grants.")
        : null;

    private static Refusal? CheckStanding(NodeState node, bool grants) => node.Standing switch
    {
        Standing.Fenced => new Refusal(RefusalCode.NodeFenced, $"Node {node.Name} is fenced."),
        Standing.Quarantined when grants =>
            new Refusal(RefusalCode.NodeQuarantined, $"Node {node.Name} is quarantined: no new grants."),
        _ => null,
    };
}
