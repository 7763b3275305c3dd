namespace Broker.Contracts.Custody;

/// <summary>How many older entries each list of a chain of custody leaves out; the journal has them all.</summary>
public sealed record CustodyEarlier(long Standings, long Requests, long Certificates, long Alarms);
