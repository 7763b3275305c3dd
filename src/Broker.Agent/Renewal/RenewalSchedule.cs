namespace Broker.Agent.Renewal;

/// <summary>When a certificate is renewed: as a kubelet does, between 70 and 90 % of its whole lifetime.</summary>
internal static class RenewalSchedule
{
    private const double Earliest = 0.7;
    private const double Spread = 0.2;

    /// <param name="notBefore">When its lifetime begins.</param>
    /// <param name="notAfter">When it ends.</param>
    /// <param name="jitter">At least 0 and below 1, so that nodes that joined together do not renew together.</param>
    public static DateTimeOffset DueAt(DateTimeOffset notBefore, DateTimeOffset notAfter, double jitter) =>
        notBefore + ((notAfter - notBefore) * (Earliest + (Spread * jitter)));
}
