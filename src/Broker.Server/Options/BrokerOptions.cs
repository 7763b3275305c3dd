namespace Broker.Server.Options;

/// <summary>The settings file of <c>broker serve</c> as it is written: raw, not checked yet.</summary>
internal sealed class BrokerOptions
{
    public ListenOptions Listen { get; set; } = new();

    public PkiOptions Pki { get; set; } = new();

    public JournalOptions Journal { get; set; } = new();

    public EnrolmentOptions Enrolment { get; set; } = new();

    public KubernetesOptions Kubernetes { get; set; } = new();

    public LimitsOptions Limits { get; set; } = new();

    public LogOptions Log { get; set; } = new();

    public RelayOptions Relay { get; set; } = new();

    public TelemetryOptions Telemetry { get; set; } = new();
}
