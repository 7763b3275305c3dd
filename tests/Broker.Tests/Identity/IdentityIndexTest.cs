using System.Numerics;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Time;
using Broker.Core.Views;
using Broker.Identity.Certificates;
using Broker.Identity.Reasons;
using Broker.Identity.Witness;
using Broker.Testing.Pki;
using Xunit;

namespace Broker.Tests.Identity;

/// <summary>The read model of who is who: witness, slots, standing; rows C16, C17, E15, F04, I07 and I13.</summary>
public sealed class IdentityIndexTest
{
    private static readonly NodeName N1 = NodeName.Parse("n1");
    private static readonly NodeUid Uid = NodeUid.Parse("uid-1");
    private static readonly CsrName Csr = CsrName.Parse("csr-1");

    private readonly IdentityIndex index = new();

    [Fact]
    public void A_witnessed_certificate_is_next_then_current()
    {
        var c = Witness(Leaf());
        var verdict = Resolve(c);
        Assert.True(verdict.IsAccepted && verdict.NeedsPromotion);
        Assert.Equal((Uid, CertificateSlot.Next, Standing.Active), (verdict.NodeUid, verdict.Slot, verdict.Standing));
        index.Apply(new CertificatePromoted(N1, c.Hash));
        verdict = Resolve(c);
        Assert.True(verdict.IsAccepted && !verdict.NeedsPromotion);
        Assert.Equal(CertificateSlot.Current, verdict.Slot);
    }

    [Fact]
    public void B19_G02_a_certificate_of_the_right_CA_without_a_record_is_unwitnessed_and_an_alarm()
    {
        _ = Witness(Leaf());
        var verdict = Resolve(Leaf());
        Assert.Equal(ReasonCodes.Unwitnessed, verdict.Refusal?.Code);
        Assert.Equal(AlarmKind.Unwitnessed, verdict.Alarm);
    }

    [Fact]
    public void C16_one_key_under_two_node_names_is_refused_and_an_alarm()
    {
        var key = TestKey.Ec().Spki;
        _ = Witness(Leaf(draft => draft.Spki = key));
        var verdict = Resolve(Leaf(draft => (draft.Spki, draft.Subject) = (key, RawName.Node("n2"))));
        Assert.Equal((ReasonCodes.KeyReuse, AlarmKind.KeyReuse), (verdict.Refusal?.Code, verdict.Alarm));
    }

    [Fact]
    public void C17_I13_an_altered_signature_gives_a_valid_certificate_that_nobody_witnessed()
    {
        var der = MatrixPki.Root.Leaf();
        var original = Witness(Examine(der));
        var twin = Examine(Malleability.Alter(der));
        Assert.Equal((original.Serial, original.Key), (twin.Serial, twin.Key));
        Assert.NotEqual(original.Hash, twin.Hash);
        Assert.Equal(ReasonCodes.Unwitnessed, Resolve(twin).Refusal?.Code);
        Assert.True(Resolve(original).IsAccepted);
        index.Apply(new CertificateRetired(N1, original.Hash));
        Assert.False(Resolve(twin).IsAccepted);
    }

    [Fact]
    public void F04_a_serial_number_of_another_certificate_is_an_alarm()
    {
        var original = Witness(Leaf());
        var serial = BigInteger.Parse("0" + original.Serial, System.Globalization.NumberStyles.HexNumber, null);
        var verdict = Resolve(Leaf(draft => draft.Serial = serial));
        Assert.Equal((ReasonCodes.SerialReuse, AlarmKind.Unwitnessed), (verdict.Refusal?.Code, verdict.Alarm));
    }

    [Fact]
    public void The_same_serial_number_of_another_CA_is_just_unwitnessed()
    {
        var original = Witness(Leaf());
        var serial = BigInteger.Parse("0" + original.Serial, System.Globalization.NumberStyles.HexNumber, null);
        var other = MatrixPki.Examine(new(MatrixPki.Middle.Leaf(draft => draft.Serial = serial))
        {
            Extra = [MatrixPki.Middle.Der],
        }).Certificate!;
        Assert.Equal(ReasonCodes.Unwitnessed, Resolve(other).Refusal?.Code);
    }

    [Fact]
    public void The_replaced_certificate_is_good_until_it_is_retired_and_then_an_alarm()
    {
        var old = Witness(Leaf());
        index.Apply(new CertificatePromoted(N1, old.Hash));
        var next = Witness(Leaf());
        index.Apply(new CertificatePromoted(N1, next.Hash));
        Assert.Equal(CertificateSlot.Grace, Resolve(old).Slot);
        Assert.Equal(CertificateSlot.Current, Resolve(next).Slot);
        index.Apply(new CertificateRetired(N1, old.Hash));
        var verdict = Resolve(old);
        Assert.Equal((ReasonCodes.Superseded, AlarmKind.Superseded), (verdict.Refusal?.Code, verdict.Alarm));
        index.Apply(new CertificatePromoted(N1, old.Hash));
        Assert.Equal(ReasonCodes.Superseded, Resolve(old).Refusal?.Code);
    }

    [Fact]
    public void Standing_decides_and_each_change_raises_the_generation()
    {
        var c = Witness(Leaf());
        var before = index.Generation;
        index.Apply(new NodeQuarantined(N1, Uid, null));
        Assert.True(Resolve(c) is { IsAccepted: true, Standing: Standing.Quarantined });
        index.Apply(new NodeFenced(N1, Uid, null));
        Assert.Equal(ReasonCodes.NodeFenced, Resolve(c).Refusal?.Code);
        index.Apply(new NodeReadmitted(N1, Uid, null));
        Assert.True(Resolve(c) is { IsAccepted: true, Standing: Standing.Active });
        index.Apply(new NodeRetired(N1, Uid, null));
        Assert.Equal(ReasonCodes.NodeRetired, Resolve(c).Refusal?.Code);
        Assert.Equal(before + 4, index.Generation);
    }

    [Fact]
    public void H04_a_Node_made_again_does_not_inherit_certificates()
    {
        var c = Witness(Leaf());
        index.Apply(new NodeAdmitted(N1, NodeUid.Parse("uid-2")));
        Assert.Equal(ReasonCodes.NodeUidChanged, Resolve(c).Refusal?.Code);
    }

    [Theory]
    [InlineData(60, null)]
    [InlineData(-60, ReasonCodes.NodeUidChanged)]
    public void H05_what_was_adopted_after_a_Node_was_made_counts_for_that_Node(int later, string? code)
    {
        var c = Leaf();
        index.Apply(new NodeAdmitted(N1, Uid));
        var made = Instant.From(MatrixPki.Now);
        index.Apply(
            new CertificateAdopted(
                c.Hash, N1, Uid, c.Key, c.Serial, c.IssuerKey, Instant.From(c.NotBefore), Instant.From(c.NotAfter),
                null),
            Instant.From(MatrixPki.Now.AddSeconds(later)));

        index.Apply(new NodeRebound(N1, NodeUid.Parse("uid-2"), Uid, made));

        Assert.Equal(code, Resolve(c).Refusal?.Code);
    }

    [Theory]
    [InlineData("uid-1", null)]
    [InlineData("uid-2", ReasonCodes.UidMismatch)]
    public void E15_a_user_UID_in_the_subject_must_be_the_Nodes(string uid, string? code)
    {
        var subject = RawName.Of(
            RawName.Rdn(RawName.O, "system:nodes"),
            RawName.Rdn(RawName.Cn, "system:node:n1"),
            RawName.Rdn("1.3.6.1.4.1.57683.2", uid));
        Assert.Equal(code, Resolve(Witness(Leaf(draft => draft.Subject = subject))).Refusal?.Code);
    }

    [Fact]
    public void An_expired_record_is_refused_and_then_forgotten()
    {
        var c = Witness(Leaf());
        Assert.Equal(ReasonCodes.Expired, index.Resolve(c, c.NotAfter).Refusal?.Code);
        Assert.True(index.Resolve(c, c.NotAfter.AddSeconds(-1)).IsAccepted);
        Assert.Equal(0, index.Forget(c.NotAfter));
        Assert.Equal(1, index.Forget(c.NotAfter.AddSeconds(1)));
        Assert.Equal(0, index.CertificateCount);
        Assert.Equal(ReasonCodes.Unwitnessed, Resolve(c).Refusal?.Code);
    }

    [Fact]
    public async Task A_fence_counts_for_every_reader_as_soon_as_it_is_applied()
    {
        var c = Witness(Leaf());
        for (var i = 0; i < 500; i++)
        {
            index.Apply(new NodeFenced(N1, Uid, null));
            var accepted = await Task.Run(() => Resolve(c).IsAccepted, TestContext.Current.CancellationToken);
            Assert.False(accepted);
            index.Apply(new NodeReadmitted(N1, Uid, null));
        }

        Assert.True(Resolve(c).IsAccepted);
    }

    private static ExaminedCertificate Leaf(Action<CertificateDraft>? change = null) =>
        Examine(MatrixPki.Root.Leaf(change));

    private static ExaminedCertificate Examine(byte[] der)
    {
        var result = MatrixPki.Examine(new(der));
        Assert.True(result.IsAccepted, result.Refusal?.ToString());
        return result.Certificate;
    }

    private IdentityVerdict Resolve(ExaminedCertificate c) => index.Resolve(c, MatrixPki.Now);

    private ExaminedCertificate Witness(ExaminedCertificate c)
    {
        if (index.CertificateCount == 0)
        {
            index.Apply(new NodeAdmitted(N1, Uid));
        }

        index.Apply(new CertificateWitnessed(
            c.Hash, Csr, N1, Uid, c.Key, c.Serial, c.IssuerKey, Instant.From(c.NotBefore), Instant.From(c.NotAfter)));
        return c;
    }
}
