using Broker.Identity.Certificates;
using Broker.Identity.Csr;
using Broker.Testing.Pki;
using Xunit;

namespace Broker.Tests.Identity;

/// <summary>
/// 20,000 damaged certificates and requests: each is answered, none throws, and none is accepted unless all that is
/// signed is as it was (the signature itself has a second form, which only the witness tells apart).
/// </summary>
public sealed class FuzzTest(ITestOutputHelper output)
{
    private const int InputsEach = 10_000;

    [Fact]
    public void Damaged_certificates_are_refused_and_never_throw()
    {
        var examiner = new CertificateExaminer(MatrixPki.Anchors, ExaminerSettings.Default);
        var good = MatrixPki.Root.Leaf();
        Run(good, bytes => examiner.ExamineDer(bytes, [], MatrixPki.Now) is { IsAccepted: true });
    }

    [Fact]
    public void Damaged_requests_are_refused_and_never_throw()
    {
        var good = RawRequest.Of(RawName.Node("n1"), TestKey.Ec());
        Run(good, bytes => CsrExaminer.Examine(bytes) is { IsAccepted: true });
    }

    [Fact]
    public void Every_single_bit_of_a_certificate_counts()
    {
        var examiner = new CertificateExaminer(MatrixPki.Anchors, ExaminerSettings.Default);
        var good = MatrixPki.Root.Leaf();
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var bytes = (byte[])good.Clone();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(examiner.ExamineDer(bytes, [], MatrixPki.Now).IsAccepted, $"bit {bit}");
        }
    }

    private void Run(byte[] good, Func<byte[], bool> accepts)
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        Assert.True(accepts(good));
        for (var i = 0; i < InputsEach; i++)
        {
            var bytes = Damage(good, random);
            if (accepts(bytes))
            {
                Assert.True(
                    bytes.AsSpan().SequenceEqual(good) || Signed(bytes).SequenceEqual(Signed(good)),
                    $"seed {seed}, input {i}: {Convert.ToHexString(bytes)}");
            }
        }
    }

    private static byte[] Damage(byte[] good, Random random)
    {
        var bytes = new List<byte>(good);
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }

            if (bytes.Count == 0)
            {
                break;
            }
        }

        return [.. bytes];
    }

    /// <summary>The first element within the outer sequence: what the signature covers.</summary>
    private static ReadOnlySpan<byte> Signed(byte[] der) =>
        new System.Formats.Asn1.AsnReader(der, System.Formats.Asn1.AsnEncodingRules.DER)
            .ReadSequence().ReadEncodedValue().Span;
}
