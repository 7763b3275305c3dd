namespace Broker.Server.Enrolment;

/// <summary>The CA that the broker's own server certificates chain to, as it is handed to new nodes.</summary>
internal sealed record BrokerCa(string Pem);
