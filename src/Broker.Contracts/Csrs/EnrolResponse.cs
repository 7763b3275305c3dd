namespace Broker.Contracts.Csrs;

/// <summary>
/// How a request stands: pending, denied or issued. With issued: the certificate and the CA that signed it, in
/// PEM.
/// </summary>
public sealed record EnrolResponse(string Name, string Status, string? Detail, string? Certificate, string? Ca);
