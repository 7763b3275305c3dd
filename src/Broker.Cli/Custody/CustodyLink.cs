using Broker.Contracts.Custody;

namespace Broker.Cli.Custody;

/// <summary>One link of a chain of custody: a request with the certificate that came of it, or either alone.</summary>
/// <param name="Number">Its place in the chain, from 1.</param>
/// <param name="Request">Null for a certificate that was adopted without one.</param>
/// <param name="Certificate">Null for a request that did not end in one.</param>
internal sealed record CustodyLink(int Number, CustodyRequest? Request, CustodyCertificate? Certificate);
