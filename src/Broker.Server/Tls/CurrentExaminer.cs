using Broker.Identity.Certificates;
using Broker.Identity.Trust;

namespace Broker.Server.Tls;

/// <summary>The examiner of the anchors that are in force now; made anew when they have changed.</summary>
internal sealed class CurrentExaminer(Func<TrustAnchors> anchors, ExaminerSettings settings)
{
    private volatile CertificateExaminer? _last;

    public Func<TrustAnchors> AnchorsInForce => anchors;

    public CertificateExaminer Get()
    {
        var now = anchors();
        if (_last is { } last && ReferenceEquals(last.Anchors, now))
        {
            return last;
        }

        // Two handshakes at once may make one each: they are alike.
        return _last = new CertificateExaminer(now, settings);
    }
}
