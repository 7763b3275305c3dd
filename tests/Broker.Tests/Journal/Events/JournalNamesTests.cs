using Broker.Journal.Events;
using Xunit;

namespace Broker.Tests.Journal.Events;

/// <summary>Frozen: a name may be added, none may change.</summary>
public sealed class JournalNamesTests
{
    [Fact]
    public void Each_value_has_a_name_and_none_is_used_twice()
    {
        Check(RefusalNames.Table);
        Check(JournalNames.Roles);
        Check(JournalNames.Alarms);
        Check(JournalNames.Lessors);
        Check(JournalNames.Networks);
        Check(JournalNames.Assurances);
        Check(JournalNames.PodAssurances);
        Check(JournalNames.EvidenceKinds);
        Check(JournalNames.EvidenceSights);
        Check(JournalNames.EvidenceSources);
    }

    [Fact]
    public void The_names_of_refusals_are_frozen() => Assert.Equal(
        "100=invalid_field 101=invalid_pool 200=unwitnessed 201=superseded 202=node_fenced 203=node_quarantined "
        + "204=node_retired 205=subject_mismatch 206=node_uid_changed 207=certificate_expired "
        + "208=certificate_denied 209=held 210=token_invalid 211=token_expired 212=token_used 213=token_revoked "
        + "214=token_node_mismatch 215=node_unregistered 216=pod_unknown 217=pod_elsewhere 218=pod_unverified "
        + "300=conflict 301=request_ended "
        + "400=pool_unknown 401=block_unknown 402=node_unknown 403=csr_unknown 404=certificate_unknown "
        + "405=token_unknown 406=lease_unknown 407=reservation_unknown "
        + "408=pod_cidrs_incomplete 500=pool_adopting 501=exists 502=pool_overlaps "
        + "503=generation_stale 504=block_in_use 505=lessor_agent 506=csr_decided 507=name_takeover "
        + "508=key_reuse 509=node_in_use 510=reservation_overlaps 511=address_held 512=pool_change_refused "
        + "513=node_exists 514=node_not_fenced 515=evidence_insufficient 516=pod_cidrs_unrecorded "
        + "517=pod_cidrs_pool_exists 518=address_unavailable 519=reservation_unbindable "
        + "520=pool_drained 521=pool_in_use "
        + "600=pool_exhausted 601=block_exhausted 602=block_limit 603=ledger_limit 604=lease_limit 605=namespace_quota "
        + "650=rate_limited",
        Text(RefusalNames.Table, c => (int)c));

    [Fact]
    public void The_other_names_are_frozen()
    {
        Assert.Equal("0=broker 1=node 2=operator 3=bootstrap", Text(JournalNames.Roles, r => (int)r));
        Assert.Equal("0=broker 1=agent", Text(JournalNames.Lessors, l => (int)l));
        Assert.Equal("0=routed 1=flat 2=host", Text(JournalNames.Networks, n => (int)n));
        Assert.Equal(
            "1=unwitnessed 2=superseded 3=subject_mismatch 4=name_takeover 5=key_reuse "
            + "6=custody_broken 7=csr_contradicted 8=evidence_gap",
            Text(JournalNames.Alarms, a => (int)a));
        Assert.Equal(
            "0=embedded 1=witnessed-custody 2=witnessed 3=adopted",
            Text(JournalNames.Assurances, a => (int)a));
        Assert.Equal(
            "1=pod_gone 2=pod_ended 3=node_deleted 4=machine_off",
            Text(JournalNames.EvidenceKinds, k => (int)k));
        Assert.Equal(
            "1=absent 2=other_uid 3=succeeded 4=failed 5=out_of_service 6=stated_off",
            Text(JournalNames.EvidenceSights, s => (int)s));
        Assert.Equal("0=none 1=verified 2=unverified", Text(JournalNames.PodAssurances, a => (int)a));
        Assert.Equal("1=cache 2=read 3=operator", Text(JournalNames.EvidenceSources, s => (int)s));
    }

    [Fact]
    public void The_type_names_are_frozen() => Assert.Equal(
        "ledger.created ledger.led clock.stepped pool.defined pool.opened csr.observed csr.approved csr.denied "
        + "certificate.witnessed certificate.promoted certificate.retired node.admitted node.quarantined node.fenced "
        + "node.readmitted node.retired token.issued token.revoked block.granted block.released lease.granted "
        + "lease.released refusal.counted alarm.raised pool.changed reservation.made reservation.dropped "
        + "csr.failed csr.contradicted certificate.adopted certificate.denied node.rebound evidence.gap "
        + "lease.reclaimed block.reclaimed ledger.sealed pool.drained pool.retired",
        string.Join(' ', SampleFacts.All.Select(EventCodec.TypeName)));

    private static void Check<T>(NameTable<T> table)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            Assert.Equal(value, table.Parse(table.Name(value)));
        }
    }

    private static string Text<T>(NameTable<T> table, Func<T, int> number)
        where T : struct, Enum =>
        string.Join(' ', table.Names.OrderBy(n => number(n.Key)).Select(n => $"{number(n.Key)}={n.Value}"));
}
