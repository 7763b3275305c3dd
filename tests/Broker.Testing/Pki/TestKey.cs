using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Broker.Testing.Pki;

/// <summary>
/// A key pair made in memory. RSA keys are made once per process and size, because making them is slow.
/// </summary>
public sealed class TestKey
{
    private static readonly ConcurrentDictionary<int, Lazy<TestKey>> RsaKeys = new();

    private TestKey(AsymmetricAlgorithm algorithm, byte[] spki) => (Algorithm, Spki) = (algorithm, spki);

    public AsymmetricAlgorithm Algorithm { get; }

    public byte[] Spki { get; }

    public static TestKey Ec(ECCurve? curve = null)
    {
        var key = ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256);
        return new TestKey(key, key.ExportSubjectPublicKeyInfo());
    }

    public static TestKey Rsa(int bits = 2048) => RsaKeys.GetOrAdd(bits, size => new Lazy<TestKey>(() =>
    {
        var key = RSA.Create(size);
        return new TestKey(key, key.ExportSubjectPublicKeyInfo());
    })).Value;

    /// <summary>Signs in the way that the algorithm identifier says.</summary>
    public byte[] Sign(byte[] data, RawAlgorithm algorithm) => Algorithm switch
    {
        ECDsa ec => ec.SignData(data, algorithm.Hash, DSASignatureFormat.Rfc3279DerSequence),
        RSA rsa => rsa.SignData(data, algorithm.Hash, algorithm.Padding ?? RSASignaturePadding.Pkcs1),
        _ => throw new InvalidOperationException("Neither EC nor RSA."),
    };
}
