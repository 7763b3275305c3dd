using Broker.Cli.Leases;
using Broker.Cli.Output;
using Broker.Contracts.Addresses;

namespace Broker.Cli.Addresses;

/// <summary>An answer about an address, as a person reads it: first the answer, then what it rests on.</summary>
internal static class WhoText
{
    public static void Write(Screen screen, AddressAnswer answer, bool isPast)
    {
        screen.Out.WriteLine(Headline(answer, isPast));
        var details = new Details();
        if (answer.Holder is { } holder)
        {
            Describe(details, holder);
        }
        else if (answer.Last is { } last)
        {
            _ = details.Add("nobody since", $"{Precise(last.ReleasedAt)} (position {last.ReleasedPosition})");
            _ = details.Add("last held by", Who(last));
            Describe(details, last);
        }
        else if (answer.Status is not AddressStatus.Outside)
        {
            _ = details.Add("before", "nobody has held it, as far as this ledger goes");
        }

        screen.Out.WriteLine();
        if (answer.Reservation is { } kept)
        {
            _ = details.Add("reserved", $"{kept.Addresses}, by {Shown.Safe(kept.MadeBy)} at {kept.MadeAt} (position "
                + $"{kept.Position})");
            _ = details.Add("owner", Shown.Safe(kept.Owner)).Add("MAC", kept.Mac);
        }

        details
            .Add("read from", $"{answer.Ledger.Origin}, {Shown.Number(answer.Ledger.Size)} events, root "
                + Shown.Hash(answer.Ledger.Root))
            .Write(screen);
    }

    private static string Headline(AddressAnswer answer, bool isPast)
    {
        var at = isPast ? $" at {Precise(answer.At)}" : string.Empty;
        if (answer.Holder is { } holder)
        {
            return $"{answer.Address} {(isPast ? "was" : "is")} held{at} by {Who(holder)}.";
        }

        return $"Nobody {(isPast ? "held" : "holds")} {answer.Address}{at}: {WhyNobody(answer)}.";
    }

    private static string WhyNobody(AddressAnswer answer) => answer.Status switch
    {
        AddressStatus.Outside => "it lies in no pool of this ledger",
        AddressStatus.Reserved => answer.Reservation?.Name is { } name
            ? $"it is reserved for {Shown.Safe(name)}, in pool {answer.Pool}"
            : $"it is reserved, in pool {answer.Pool}",
        AddressStatus.Excluded => $"pool {answer.Pool} excludes it",
        AddressStatus.KeptBack =>
            $"it is kept back as the network, gateway or broadcast address of its subnet, in pool {answer.Pool}",
        AddressStatus.NoBlock => $"it lies in pool {answer.Pool}, in a block that no node holds",
        AddressStatus.Free => $"it is free, in block {answer.Block} of pool {answer.Pool}",
        _ => answer.Status,
    };

    private static string Who(AddressHolder holder) => holder.Pod.Name.Length == 0
        ? $"container {Shown.Hash(Shown.Safe(holder.ContainerId))} on node {holder.Node}"
        : $"pod {PodText.Of(holder.Pod)} on node {holder.Node}";

    private static void Describe(Details details, AddressHolder holder) => details
        .Add("granted", $"{Precise(holder.GrantedAt)} (position {holder.GrantedPosition})"
            + (holder.GrantedRequest is { } request ? $", request {request}" : string.Empty))
        .Add("released", Released(holder))
        .Add("attachment", $"network {Shown.Safe(holder.Network)}, interface {Shown.Safe(holder.Interface)}, "
            + $"container {Shown.Safe(holder.ContainerId)}")
        .Add("pod UID", Uid(holder))
        .Add("node", $"{holder.Node}, Node UID {holder.NodeUid}")
        .Add("block", $"{holder.Block}, generation {holder.Generation}")
        .Add("certificate", holder.Certificate + (holder.Assurance is { } known ? $" ({known})" : string.Empty))
        .Add("CSR", holder.Csr is null ? null : $"{holder.Csr}, asked for by {Shown.Safe(holder.Requester)}")
        .Add("approved", Approved(holder));

    private static string? Uid(AddressHolder holder) => holder.PodAssurance switch
    {
        "verified" => $"{Shown.Safe(holder.Pod.Uid)}, read from the API server",
        "unverified" => $"{Shown.Safe(holder.Pod.Uid)}, by the node's word alone",
        _ => Shown.Safe(holder.Pod.Uid),
    };

    private static string? Released(AddressHolder holder)
    {
        if (holder.ReleasedAt is null)
        {
            return null;
        }

        if (holder.ReleasedEvidence is { } evidence)
        {
            return $"{Precise(holder.ReleasedAt)} (position {holder.ReleasedPosition}), reclaimed by "
                + $"{Shown.Safe(holder.ReleasedBy)} because {EvidenceText.Of(evidence)}";
        }

        var why = holder.ReleasedReason == "node-release"
            ? $"by its node {holder.ReleasedBy}"
            : $"by {Shown.Safe(holder.ReleasedBy)}, {Shown.Safe(holder.ReleasedReason)}";
        var with = holder.ReleasedCertificate is { } certificate && certificate != holder.Certificate
            ? $" with certificate {Shown.Hash(certificate)}"
            : string.Empty;
        return $"{Precise(holder.ReleasedAt)} (position {holder.ReleasedPosition}), {why}{with}";
    }

    private static string? Approved(AddressHolder holder)
    {
        if (holder.Approver is null)
        {
            return null;
        }

        var by = holder.ApprovalRule is { } rule
            ? $"by rule {rule}"
            : $"by {Shown.Safe(holder.Approver)}, certificate {Shown.Hash(holder.ApproverCertificate)}";
        var reason = holder.ApprovalReason is { } text ? $", reason: {Shown.Safe(text)}" : string.Empty;
        return $"{Precise(holder.ApprovedAt)} (position {holder.ApprovedPosition}), {by}{reason}";
    }

    // To the microsecond, as the journal has it: what is copied into --at means the same moment.
    private static string Precise(string? at) => at ?? string.Empty;
}
