using Broker.Server.History;

namespace Broker.Server.Custody;

/// <summary>A step in the life of a certificate, with the event that it was.</summary>
internal sealed record ScannedStep(string What, PlacedFact Placed);
