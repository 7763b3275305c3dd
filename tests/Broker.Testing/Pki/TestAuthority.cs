using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Broker.Testing.Pki;

/// <summary>A CA of a test: a name, a key, its certificate, and the time around which all it issues is valid.</summary>
public sealed class TestAuthority
{
    private TestAuthority(byte[] name, TestKey key, byte[] der, DateTimeOffset now) =>
        (Name, Key, Der, Now) = (name, key, der, now);

    public byte[] Name { get; }

    public TestKey Key { get; }

    public byte[] Der { get; }

    public DateTimeOffset Now { get; }

    /// <summary>
    /// What stands as subject key identifier in the CA, and as authority key identifier in what it issues.
    /// </summary>
    public byte[] KeyId => IdOf(Key);

    public string Pem => PemEncoding.WriteString("CERTIFICATE", Der) + "\n";

    /// <summary>A self-signed CA, valid for ten years around <paramref name="now"/>.</summary>
    public static TestAuthority Root(
        string name, DateTimeOffset now, Action<CertificateDraft>? change = null, TestKey? key = null)
    {
        key ??= TestKey.Ec();
        var subject = RawName.Ca(name);
        var draft = CaDraft(subject, key, now);
        change?.Invoke(draft);
        return new TestAuthority(draft.Subject, key, draft.Sign(draft.Subject, key), now);
    }

    /// <summary>A CA below this one.</summary>
    public TestAuthority Intermediate(string name, Action<CertificateDraft>? change = null, TestKey? key = null)
    {
        key ??= TestKey.Ec();
        var draft = CaDraft(RawName.Ca(name), key, Now);
        _ = draft.With(RawExtension.AuthorityKeyId, RawExtension.Authority(KeyId));
        change?.Invoke(draft);
        return new TestAuthority(draft.Subject, key, draft.Sign(Name, Key), Now);
    }

    /// <summary>A leaf in DER; without a change it is what the kubelet client signer writes.</summary>
    public byte[] Leaf(Action<CertificateDraft>? change = null)
    {
        var draft = new CertificateDraft { NotBefore = Now.AddMinutes(-5), NotAfter = Now.AddDays(30) };
        _ = draft.With(RawExtension.AuthorityKeyId, RawExtension.Authority(KeyId));
        change?.Invoke(draft);
        return draft.Sign(Name, Key);
    }

    /// <summary>A leaf with its key, to connect with.</summary>
    public X509Certificate2 LeafWithKey(Action<CertificateDraft>? change = null)
    {
        var key = TestKey.Ec();
        using var bare = X509CertificateLoader.LoadCertificate(Leaf(draft =>
        {
            draft.Spki = key.Spki;
            change?.Invoke(draft);
        }));
        return bare.CopyWithPrivateKey((ECDsa)key.Algorithm);
    }

    private static CertificateDraft CaDraft(byte[] subject, TestKey key, DateTimeOffset now)
    {
        var draft = new CertificateDraft
        {
            NotBefore = now.AddYears(-5),
            NotAfter = now.AddYears(5),
            Subject = subject,
            Spki = key.Spki,
        };
        draft.Extensions.Clear();
        return draft
            .With(RawExtension.BasicConstraints, RawExtension.Constraints(true))
            .With(RawExtension.KeyUsage, RawExtension.Usage(true, 5, 6))
            .With(RawExtension.SubjectKeyId, RawExtension.Subject(IdOf(key)));
    }

    private static byte[] IdOf(TestKey key) => SHA256.HashData(key.Spki)[..20];
}
