namespace Broker.Contracts.Csrs;

/// <summary>A PKCS#10 request in PEM. Sending the same again asks how it stands.</summary>
public sealed record EnrolRequest(string Csr);
