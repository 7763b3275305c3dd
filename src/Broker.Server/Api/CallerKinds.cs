namespace Broker.Server.Api;

/// <summary>Who may call an endpoint. Nobody is allowed who is not named.</summary>
[Flags]
internal enum CallerKinds
{
    None = 0,

    /// <summary>A node, by its witnessed certificate.</summary>
    Node = 1,

    /// <summary>An operator, by a certificate of the operator CA with <c>O=broker:operators</c>.</summary>
    Operator = 2,

    /// <summary>An auditor, by a certificate of the operator CA with <c>O=broker:auditors</c>.</summary>
    Auditor = 4,

    /// <summary>
    /// Somebody without a certificate who shows a bootstrap token, checked by the endpoint itself.
    /// </summary>
    TokenHolder = 8,

    /// <summary>Anybody: health on loopback only.</summary>
    Anybody = 16,
}
