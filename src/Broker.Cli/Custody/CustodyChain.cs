using Broker.Contracts.Custody;

namespace Broker.Cli.Custody;

/// <summary>Requests and certificates of a node in the order in which they came on record, those that belong together
/// as one link.</summary>
internal sealed class CustodyChain
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public CustodyChain(NodeCustody node)
    {
        var certificates = node.Certificates.ToDictionary(
            certificate => certificate.Certificate, StringComparer.Ordinal);
        var asked = node.Requests.Select(request => request.Certificate).ToHashSet(StringComparer.Ordinal);
        var links = node.Requests
            .Select(request => (
                request.Position,
                Request: (CustodyRequest?)request,
                Certificate: request.Certificate is { } hash ? certificates.GetValueOrDefault(hash) : null))
            .Concat(node.Certificates
                .Where(certificate => !asked.Contains(certificate.Certificate))
                .Select(certificate => (
                    certificate.Position,
                    Request: (CustodyRequest?)null,
                    Certificate: (CustodyCertificate?)certificate)))
            .OrderBy(link => link.Position);
        foreach (var (_, request, certificate) in links)
        {
            Links.Add(new CustodyLink(Links.Count + 1, request, certificate));
            if (certificate is not null)
            {
                _numbers[certificate.Certificate] = Links.Count;
            }
        }
    }

    public List<CustodyLink> Links { get; } = [];

    /// <summary>The number of the link that a certificate belongs to; null when it is none of this chain.</summary>
    public int? NumberOf(string certificate) => _numbers.TryGetValue(certificate, out var number) ? number : null;
}
