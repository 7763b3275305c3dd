namespace Broker.Server.Api;

/// <summary>
/// A request that cannot be answered; thrown by the readers of the request and turned into problem+json in one place.
/// </summary>
internal sealed class ApiProblemException(string code, string detail, int? status = null)
    : Exception($"{code}: {detail}")
{
    public string Code { get; } = code;

    public string Detail { get; } = detail;

    /// <summary>Where the code stands for several statuses: the one that fits here.</summary>
    public int? Status { get; } = status;
}
