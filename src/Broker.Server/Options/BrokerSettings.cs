using System.Net;
using Broker.Journal.Dapr;
using Broker.Journal.Dapr.Relay;

namespace Broker.Server.Options;

/// <summary>The settings after every check: immutable, with paths made absolute.</summary>
internal sealed record BrokerSettings(
    string DataFolder,
    IPEndPoint? Node,
    IPEndPoint? People,
    IPEndPoint? Enrol,
    IPEndPoint? Health,
    PkiPaths Pki,
    EnrolmentOptions Enrolment,
    LimitsOptions Limits,
    LogOptions Log,
    TelemetryOptions Telemetry,
    KubernetesSettings? Kubernetes = null,
    DaprJournalSettings? Dapr = null,
    RelaySettings? Relay = null);
