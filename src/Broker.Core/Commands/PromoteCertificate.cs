using Broker.Core.Views;

namespace Broker.Core.Commands;

/// <summary>
/// First use of a <c>next</c> certificate: make it current. Promoting the current one is answered again.
/// </summary>
public sealed record PromoteCertificate(NodeCaller Caller) : Command<CertificateView>(Caller.Actor, null);
