namespace Broker.Kubernetes.Csrs;

/// <summary>
/// Who filed a CSR, as the API server authenticated it. <c>Extra</c> is what the authenticator said besides.
/// </summary>
public sealed record ObservedRequester(
    string Username, IReadOnlyList<string> Groups, IReadOnlyDictionary<string, IReadOnlyList<string>> Extra);
