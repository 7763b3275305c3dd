namespace Broker.Contracts.Reclaims;

/// <summary>
/// One look at the object that evidence is about. Source is <c>cache</c>, <c>read</c> or <c>operator</c>; seen is
/// <c>absent</c>, <c>other_uid</c>, <c>succeeded</c>, <c>failed</c>, <c>out_of_service</c> or <c>stated_off</c>.
/// </summary>
public sealed record ObservationInfo(string At, string Source, string Seen, string? ResourceVersion, string? OtherUid);
