namespace Broker.Identity.Der;

/// <summary>One extension; the value is the content of the OCTET STRING.</summary>
internal sealed record DerExtension(string Oid, bool Critical, ReadOnlyMemory<byte> Value);
