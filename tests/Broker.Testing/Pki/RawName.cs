namespace Broker.Testing.Pki;

/// <summary>Writes subjects, good and odd.</summary>
public static class RawName
{
    public const string Cn = "2.5.4.3";
    public const string O = "2.5.4.10";
    public const string Ou = "2.5.4.11";

    public static byte[] Of(params IReadOnlyList<byte[]> rdns) => RawDer.Sequence(rdns);

    /// <summary>One part with one attribute in UTF8String.</summary>
    public static byte[] Rdn(string oid, string value) => RawDer.Set(Attribute(oid, RawDer.Utf8(value)));

    public static byte[] Attribute(string oid, byte[] value) => RawDer.Sequence(RawDer.Oid(oid), value);

    public static byte[] Node(string name) => Of(Rdn(O, "system:nodes"), Rdn(Cn, "system:node:" + name));

    public static byte[] Person(string organization, string name) => Of(Rdn(O, organization), Rdn(Cn, name));

    public static byte[] Ca(string name) => Of(Rdn(Cn, name));
}
