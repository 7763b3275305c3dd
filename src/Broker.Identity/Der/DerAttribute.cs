namespace Broker.Identity.Der;

/// <summary>
/// One attribute of a name. <c>Text</c> is null when the string type is not one that is read: UTF8String,
/// PrintableString or IA5String. <c>Rdn</c> counts the parts of the name from 0.
/// </summary>
internal sealed record DerAttribute(int Rdn, string Oid, string? Text);
