using System.Text;
using Broker.Core.Events;
using Broker.Core.Names;
using Broker.Core.Views;
using Broker.Journal.Reading;
using Broker.Server.History;

namespace Broker.Server.Custody;

/// <summary>One pass over the journal for one node: what was asked for, issued and decided under its name.</summary>
internal sealed class CustodyScan(NodeName node) : IJournalScan
{
    /// <summary>Most entries of each list; the newest stay.</summary>
    public const int EntriesMax = 1_000;

    private readonly byte[] _subject = Encoding.UTF8.GetBytes($"\"subject\":\"node/{node}\"");
    private readonly Dictionary<CsrName, ScannedRequest> _requests = [];
    private readonly Dictionary<CertificateHash, ScannedCertificate> _certificates = [];
    private ScannedCertificate? _current;
    private bool _isProvisional;

    /// <summary>Admissions, rebindings and changes of standing.</summary>
    public Newest<PlacedFact> Standings { get; } = new(EntriesMax);

    public Newest<ScannedRequest> Requests { get; } = new(EntriesMax);

    public Newest<ScannedCertificate> Certificates { get; } = new(EntriesMax);

    public Newest<PlacedFact> Alarms { get; } = new(EntriesMax);

    /// <inheritdoc/>
    public bool MayMatter(JournalLine line)
    {
        var bytes = line.Line.Span;
        return bytes.IndexOf(_subject) >= 0
            || bytes.IndexOf("\"type\":\"csr."u8) >= 0

            // Denied under the name of another node, a key or a serial number may be of this one.
            || bytes.IndexOf("\"type\":\"certificate.denied\""u8) >= 0;
    }

    /// <inheritdoc/>
    public void Take(PlacedFact placed)
    {
        switch (placed.Fact.Event)
        {
            case CsrObserved or CsrApproved or CsrDenied or CsrFailed or CsrContradicted:
                TakeRequest(placed);
                break;
            case CertificateDenied denied:
                Deny(denied, placed);
                break;
            case AlarmRaised:
                _ = Alarms.Add(placed); // What had to go is counted.
                break;
            case CertificateWitnessed or CertificateAdopted or CertificatePromoted or CertificateRetired:
                TakeCertificate(placed);
                break;
            case NodeAdmitted or NodeRebound or NodeQuarantined or NodeFenced or NodeReadmitted or NodeRetired:
                TakeStanding(placed);
                break;
            default:
                break; // What is counted of refusals is no step of anything.
        }
    }

    private void TakeRequest(PlacedFact placed)
    {
        switch (placed.Fact.Event)
        {
            case CsrObserved observed when observed.Node == node:
                var request = new ScannedRequest(placed, observed);
                _requests[observed.Csr] = request;
                if (Requests.Add(request) is { } gone && _requests.GetValueOrDefault(gone.Observed.Csr) == gone)
                {
                    _ = _requests.Remove(gone.Observed.Csr); // It was just found there.
                }

                break;
            case CsrObserved observed:
                _ = _requests.Remove(observed.Csr); // The name came back for another node, if it was ever this one's.
                break;
            case CsrApproved approved:
                Decide(approved.Csr, CsrDecision.Approved, placed);
                break;
            case CsrDenied denied:
                Decide(denied.Csr, CsrDecision.Denied, placed);
                break;
            case CsrFailed failed:
                Decide(failed.Csr, CsrDecision.Failed, placed);
                break;
            case CsrContradicted contradicted:
                Decide(contradicted.Csr, CsrDecision.Contradicted, placed);
                break;
        }
    }

    private void Decide(CsrName csr, CsrDecision decision, PlacedFact placed)
    {
        if (_requests.TryGetValue(csr, out var request))
        {
            (request.Decided, request.Status) = (placed, decision);
        }
    }

    private void TakeCertificate(PlacedFact placed)
    {
        switch (placed.Fact.Event)
        {
            case CertificateWitnessed witnessed:
                Add(placed, witnessed);
                break;
            case CertificateAdopted adopted when _certificates.TryGetValue(adopted.Certificate, out var held):
                held.Step("adopted", placed, CertificateSlot.Next);
                (held.Assurance, held.Uid, held.Requested) = (Assurance.Adopted, adopted.Uid, placed.Fact.At);
                break;
            case CertificateAdopted adopted:
                Add(placed, new CertificateWitnessed(
                    adopted.Certificate, default, adopted.Node, adopted.Uid, adopted.Key, adopted.Serial,
                    adopted.Issuer, adopted.NotBefore, adopted.NotAfter, Assurance.Adopted, placed.Fact.At));
                break;
            case CertificatePromoted promoted when _certificates.TryGetValue(promoted.Certificate, out var next):
                if (_current is { IsOver: false } old)
                {
                    old.Step("replaced", placed, CertificateSlot.Grace);
                }

                next.Step("used", placed, CertificateSlot.Current);
                _current = next;
                break;
            case CertificateRetired retired when _certificates.TryGetValue(retired.Certificate, out var over):
                over.Step("retired", placed, CertificateSlot.Retired);
                break;
        }
    }

    private void Add(PlacedFact placed, CertificateWitnessed witnessed)
    {
        var isAdopted = placed.Fact.Event is CertificateAdopted;
        var request = isAdopted ? null : _requests.GetValueOrDefault(witnessed.Csr);
        var certificate = new ScannedCertificate(placed, witnessed) { AskedWith = request?.Observed.Credential };
        certificate.Steps.Add(new ScannedStep(isAdopted ? "adopted" : "witnessed", placed));
        if (request is not null)
        {
            (request.Status, request.Certificate) = (CsrDecision.Issued, witnessed.Certificate);
        }

        _certificates[witnessed.Certificate] = certificate;
        if (Certificates.Add(certificate) is { } gone)
        {
            _ = _certificates.Remove(gone.Witnessed.Certificate); // It was the oldest of those that are kept.
        }
    }

    private void Deny(CertificateDenied denied, PlacedFact placed)
    {
        foreach (var certificate in Certificates.Kept)
        {
            var its = certificate.Witnessed;
            if (!certificate.IsOver && (denied.Certificate == its.Certificate || denied.Key == its.Key
                || (denied.Serial == its.Serial && denied.Issuer == its.Issuer)))
            {
                certificate.Step("denied", placed, CertificateSlot.Denied);
            }
        }
    }

    private void TakeStanding(PlacedFact placed)
    {
        _ = Standings.Add(placed); // What had to go is counted.
        switch (placed.Fact.Event)
        {
            case NodeAdmitted admitted:
                _isProvisional = admitted.IsProvisional;
                break;
            case NodeRebound rebound:
                foreach (var certificate in Certificates.Kept)
                {
                    if (_isProvisional || certificate.Requested >= rebound.Created)
                    {
                        certificate.Uid = rebound.Uid;
                    }
                }

                _isProvisional = false;
                break;
            case NodeRetired:
                foreach (var certificate in Certificates.Kept.Where(certificate => !certificate.IsOver))
                {
                    certificate.Step("retired", placed, CertificateSlot.Retired);
                }

                break;
        }
    }
}
