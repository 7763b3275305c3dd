using Broker.Core.Addresses;
using Broker.Core.Events;
using Broker.Core.Pools;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Broker.Server.Api;
using Xunit;

namespace Broker.Tests.Server.Api;

/// <summary>What clients compare with: a changed word needs a commit and a reason of its own.</summary>
public sealed class WireWordsTest
{
    [Fact]
    public void Words_of_pools_are_frozen()
    {
        Assert.Equal(["routed", "flat", "host"], WireWords.Networks.Keys);
        Assert.Equal(["central", "local"], WireWords.Commits.Keys);
        Assert.Equal(["ipv4", "ipv6"], WireWords.Families.Keys);
        Assert.Equal(Enum.GetValues<PoolNetwork>(), WireWords.Networks.Values.Order());
        Assert.Equal(Enum.GetValues<Lessor>().Length, WireWords.Commits.Count);
        Assert.Equal(Enum.GetValues<IpFamily>().Length, WireWords.Families.Count);
        Assert.Equal(["agent", "broker"], Enum.GetValues<Lessor>().Select(WireWords.Of).Order());
    }

    [Fact]
    public void Words_of_standing_slot_and_decision_are_frozen()
    {
        Assert.Equal(
            ["cooldown", "leases", "node_deletion", "operator", "release"],
            Enum.GetValues<BlockWaitFor>().Select(WireWords.Of).Order());
        Assert.Equal(
            ["active", "fenced", "quarantined", "retired"], Enum.GetValues<Standing>().Select(WireWords.Of).Order());
        Assert.Equal(
            ["current", "denied", "grace", "held", "next", "retired"],
            Enum.GetValues<CertificateSlot>().Select(WireWords.Of).Order());
        Assert.Equal(
            ["approved", "contradicted", "denied", "failed", "issued"],
            Enum.GetValues<CsrDecision>().Select(WireWords.Of).Order());
        Assert.Equal(
            ["adopted", "embedded", "witnessed", "witnessed-custody"],
            Enum.GetValues<Assurance>().Select(WireWords.Of).Order());
    }

    [Fact]
    public void Codes_of_refusals_are_frozen() => Assert.Equal(
        "invalid_field invalid_pool unwitnessed superseded node_fenced node_quarantined node_retired subject_mismatch "
        + "node_uid_changed certificate_expired certificate_denied held token_invalid token_expired token_used "
        + "token_revoked token_node_mismatch node_unregistered pod_unknown pod_elsewhere pod_unverified "
        + "conflict request_ended pool_unknown block_unknown node_unknown csr_unknown certificate_unknown "
        + "token_unknown lease_unknown reservation_unknown "
        + "pod_cidrs_incomplete pool_adopting exists pool_overlaps "
        + "generation_stale block_in_use lessor_agent csr_decided name_takeover key_reuse node_in_use "
        + "reservation_overlaps address_held pool_change_refused node_exists node_not_fenced "
        + "evidence_insufficient pod_cidrs_unrecorded pod_cidrs_pool_exists "
        + "address_unavailable reservation_unbindable pool_drained pool_in_use pool_exhausted "
        + "block_exhausted block_limit ledger_limit lease_limit namespace_quota rate_limited",
        string.Join(' ', Enum.GetValues<RefusalCode>().Order().Select(RefusalCodes.Text)));
}
