using Broker.Identity.Reasons;
using Broker.Testing.Pki;
using Xunit;

namespace Broker.Tests.Identity;

/// <summary>Validity and clock: rows D of the matrix. D09 and D10 are in Tls.</summary>
public sealed class TimeMatrixTest
{
    private static readonly Dictionary<string, (string? Code, Func<Presented> Make)> Rows = new()
    {
        ["D01 inside"] = (null, () => Valid(-1, 1)),
        ["D02 begins in 30 s"] = (null, () => Valid(30, 3600)),
        ["D02 begins in 61 s"] = (ReasonCodes.NotYetValid, () => Valid(61, 3600)),
        ["D03 expired for 1 s"] = (ReasonCodes.Expired, () => Valid(-3600, -1)),
        ["D04 exactly at notAfter"] = (ReasonCodes.Expired, () => Valid(-3600, 0)),
        ["D04 a second before notAfter"] = (null, () => Valid(-3600, 1)),
        ["D05 ends before it begins"] = (ReasonCodes.Malformed, () => Valid(10, -10)),
        ["D06 ten years"] = (ReasonCodes.Lifetime, () => Valid(-300, 10L * 365 * 86400)),
        ["D06 a leap year"] = (null, () => Valid(-300, (366L * 86400) - 300)),
        ["D07 ten minutes"] = (null, () => Valid(-300, 600)),
        ["D08 GeneralizedTime before 2050"] = (null, () => new(MatrixPki.Root.Leaf(
            draft => draft.NotBeforeDer = RawDer.GeneralizedTime(MatrixPki.Now.AddHours(-1))))),
        ["D08 a time with fractions"] = (ReasonCodes.Malformed, () => new(MatrixPki.Root.Leaf(
            draft => draft.NotBeforeDer = RawDer.Tlv(0x18, "20260601000000.5Z"u8.ToArray())))),
        ["D08 a time without seconds"] = (ReasonCodes.Malformed, () => new(MatrixPki.Root.Leaf(
            draft => draft.NotBeforeDer = RawDer.Tlv(0x17, "2606010000Z"u8.ToArray())))),
        ["D08 pre-2000 root is old but good"] = (null, () =>
        {
            var old = TestAuthority.Root(
                "old root", MatrixPki.Now, draft => draft.NotBefore = new(1998, 1, 1, 0, 0, 0, TimeSpan.Zero));
            return new(old.Leaf()) { Anchors = MatrixPki.Load(old.Pem) };
        }
        ),
        ["D08 root that ends in 2060"] = (null, () =>
        {
            var late = TestAuthority.Root(
                "late root", MatrixPki.Now, draft => draft.NotAfter = new(2060, 1, 1, 0, 0, 0, TimeSpan.Zero));
            return new(late.Leaf()) { Anchors = MatrixPki.Load(late.Pem) };
        }
        ),
        ["D12 the time given in another zone, valid"] = (
            null, () => Valid(-60, 60) with { Now = MatrixPki.Now.ToOffset(TimeSpan.FromHours(9)) }),
        ["D12 the time given in another zone, expired"] = (
            ReasonCodes.Expired, () => Valid(-3600, -1) with { Now = MatrixPki.Now.ToOffset(TimeSpan.FromHours(-11)) }),
        ["D12 the time given in another zone, not valid yet"] = (
            ReasonCodes.NotYetValid,
            () => Valid(61, 3600) with { Now = MatrixPki.Now.ToOffset(TimeSpan.FromHours(11)) }),
    };

    public static TheoryData<string> Ids => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Time(string id) => MatrixPki.Check(id, Rows[id]);

    private static Presented Valid(long fromSeconds, long toSeconds) => new(MatrixPki.Root.Leaf(draft =>
    {
        draft.NotBefore = MatrixPki.Now.AddSeconds(fromSeconds);
        draft.NotAfter = MatrixPki.Now.AddSeconds(toSeconds);
    }));
}
