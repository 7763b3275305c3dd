using Broker.Core.Events;
using Broker.Core.Journal;
using Broker.Identity.Witness;
using Broker.Journal.Writing;
using Broker.Server.Api.Routes;
using Broker.Server.Tls;

namespace Broker.Server.Hosting;

/// <summary>
/// Feeds the identity index with what became durable, then ends the connections of whoever was fenced, retired, denied
/// or superseded by it: index first, so that a new connection is refused before the old one is gone.
/// </summary>
internal sealed class IdentityObserver(IdentityIndex index) : IDurableObserver
{
    /// <summary>Set once the listeners exist; nobody is connected before.</summary>
    public ConnectionRegistry? Connections { get; set; }

    /// <summary>Set together with <see cref="Connections"/>.</summary>
    public SeenNodeAddresses? Addresses { get; set; }

    public void OnDurable(long first, IReadOnlyList<Fact> facts)
    {
        foreach (var fact in facts)
        {
            index.Apply(fact.Event, fact.At);
            switch (fact.Event)
            {
                case NodeFenced fenced:
                    _ = Connections?.AbortNode(fenced.Node);
                    break;
                case NodeRetired retired:
                    _ = Connections?.AbortNode(retired.Node);
                    Addresses?.Forget(retired.Node);
                    break;
                case CertificateRetired retired:
                    _ = Connections?.AbortCertificate(retired.Certificate);
                    break;
                case CertificateDenied denied:
                    Abort(denied);
                    break;
                default:
                    break;
            }
        }
    }

    private void Abort(CertificateDenied denied)
    {
        if (denied.Certificate is { } certificate)
        {
            _ = Connections?.AbortCertificate(certificate);
        }

        if (denied.Key is { } key)
        {
            _ = Connections?.AbortKey(key);
        }

        if (denied is { Issuer: { } issuer, Serial: { } serial })
        {
            _ = Connections?.AbortSerial(issuer, serial);
        }
    }
}
