using Broker.Identity.Certificates;
using Broker.Journal.Writing;
using Broker.Kubernetes.Client;
using Broker.Kubernetes.Events;
using Broker.Kubernetes.PodCidrs;
using Broker.Kubernetes.Recording;
using Broker.Kubernetes.Watching;
using Broker.Kubernetes.Witness;
using Broker.Server.Api;
using Broker.Server.Api.Addresses;
using Broker.Server.Api.Blocks;
using Broker.Server.Api.Csrs;
using Broker.Server.Api.Events;
using Broker.Server.Api.Leases;
using Broker.Server.Api.Nodes;
using Broker.Server.Api.OpenApi;
using Broker.Server.Api.Pools;
using Broker.Server.Api.Reservations;
using Broker.Server.Api.Routes;
using Broker.Server.Api.Tokens;
using Broker.Server.Authentication;
using Broker.Server.Cluster;
using Broker.Server.Cluster.Pods;
using Broker.Server.Custody;
using Broker.Server.Enrolment;
using Broker.Server.Health;
using Broker.Server.History;
using Broker.Server.Limits;
using Broker.Server.Options;
using Broker.Server.Relay;
using Broker.Server.Rotation;
using Broker.Server.Streaming;
using Broker.Server.Telemetry;
using Broker.Server.Tls;

namespace Broker.Server.Hosting;

/// <summary>Everything that a broker is made of; reads as a table of contents.</summary>
internal static class BrokerServices
{
    public static WebApplication Build(
        BrokerSettings settings, TimeProvider time, LiveKeys keys, LedgerWriter writer, StartFigures figures)
    {
        // An empty builder: no environment variables, files or arguments can change what was checked.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var start = new StartMark();
        BrokerLogging.Add(builder.Logging, settings.Log, start);
        _ = builder.Services
            .AddSingleton(start)
            .AddSingleton(settings)
            .AddSingleton(settings.Limits)
            .AddSingleton(time)
            .AddSingleton(writer)
            .AddSingleton(figures.Index)
            .AddSingleton(figures.Metrics)
            .AddSingleton(figures.Pools)
            .AddSingleton(figures.PodLeases)
            .AddSingleton<BrokerGauges>()
            .AddSingleton(keys)
            .Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(settings.Limits.StopSeconds))
            .Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        AddIdentity(builder.Services);
        AddEnrolment(builder.Services, settings);
        AddCluster(builder.Services, settings, keys, time);
        AddApi(builder.Services);
        TelemetryServices.Add(builder.Services, settings.Telemetry, figures.Metrics);
        BrokerListeners.Add(builder, settings, time, keys);
        return builder.Build();
    }

    private static void AddIdentity(IServiceCollection services)
    {
        _ = services
            .AddSingleton<ConnectionRegistry>()
            .AddSingleton<HandshakeRefusals>()
            .AddSingleton<IdentityAlarms>()
            .AddSingleton<FirstUse>()
            .AddSingleton<AllowedMethods>()
            .AddSingleton<AccessRules>()
            .AddSingleton<KeyRotation>()
            .AddHostedService(provider => provider.GetRequiredService<KeyRotation>());
        _ = services.AddCertificateAuthentication();
    }

    private static void AddCluster(
        IServiceCollection services, BrokerSettings settings, LiveKeys keys, TimeProvider time)
    {
        _ = services.AddSingleton<Sightings>().AddSingleton<ClusterDoor>().AddSingleton<CertificateFinder>()
            .AddSingleton<ClusterNodes>().AddSingleton(new PodCidrLag(time));
        if (settings.Kubernetes is { } cluster)
        {
            var mark = new ContactMarkFile(settings.DataFolder);
            _ = services
                .AddSingleton<IContactMark>(mark)
                .AddSingleton(new EvidenceClock(time, mark, cluster.Witness.Signers))
                .AddSingleton<IWitnessLedger, WitnessLedger>()
                .AddSingleton(_ => ClusterConnection.Connect(cluster.Kubeconfig))
                .AddSingleton<IClusterApi, KubernetesApi>()
                .AddSingleton<INodeSpecApi, NodeSpecApi>()
                .AddSingleton<IPodCidrLedger, PodCidrLedger>()
                .AddSingleton(new CsrWitness(
                    new CurrentExaminer(() => keys.Current.Nodes, ExaminerSettings.Default).Get, cluster.Witness))
                .AddSingleton(cluster)
                .AddSingleton<WitnessService>()
                .AddSingleton<PodCidrService>()
                .AddHostedService(provider => provider.GetRequiredService<WitnessService>())
                .AddHostedService(provider => provider.GetRequiredService<PodCidrService>());
            AddPods(services, cluster);
        }

        AddNotices(services, settings.Kubernetes is { Events: true });
    }

    private static void AddNotices(IServiceCollection services, bool isOn)
    {
        if (!isOn)
        {
            _ = services.AddSingleton(new ClusterNotices(null));
            return;
        }

        _ = services
            .AddSingleton<IEventApi>(provider => new EventApi(
                provider.GetRequiredService<ClusterConnection>(), Environment.MachineName))
            .AddSingleton<NoticeService>()
            .AddSingleton(provider => new ClusterNotices(provider.GetRequiredService<NoticeService>().Publisher))
            .AddHostedService(provider => provider.GetRequiredService<NoticeService>());
    }

    private static void AddPods(IServiceCollection services, KubernetesSettings cluster) =>
        _ = services
            .AddSingleton<IPodApi>(provider => new PodApi(
                provider.GetRequiredService<ClusterConnection>(), PoolAnnotation.Key(cluster.AnnotationPrefix)))
            .AddSingleton<ILeakLedger, LeakLedger>()
            .AddSingleton<PodService>()
            .AddSingleton(provider => provider.GetRequiredService<PodService>().Watch)
            .AddSingleton<PodDoor>()
            .AddHostedService(provider => provider.GetRequiredService<PodService>());

    private static void AddEnrolment(IServiceCollection services, BrokerSettings settings) =>
        _ = services
            .AddSingleton(settings.Enrolment)
            .AddSingleton(new PendingCsrs(settings.Enrolment.PendingMax))
            .AddSingleton<CertificateIssuer>()
            .AddSingleton<CsrGate>()
            .AddSingleton<PrivateNames>()
            .AddSingleton<CsrFlow>()
            .AddSingleton<CsrDirectory>();

    private static void AddApi(IServiceCollection services) =>
        _ = services
            .AddRouting()
            .AddSingleton<MatcherPolicy, ListenerMatcherPolicy>()
            .AddSingleton<ProblemBoundary>()
            .AddSingleton<AuthorityRules>()
            .AddSingleton<RefusalCounter>()
            .AddSingleton<NodeRateLimits>()
            .AddSingleton<RateLimitRules>()
            .AddSingleton<Answers>()
            .AddSingleton<JournalScans>()
            .AddSingleton<AddressHistory>()
            .AddSingleton<CustodyDescription>()
            .AddSingleton<CustodyHistory>()
            .AddSingleton<WhoAmIEndpoint>()
            .AddSingleton<BlockEndpoints>()
            .AddSingleton<BlockReclaimEndpoint>()
            .AddSingleton<LeaseEndpoints>()
            .AddSingleton<EnrolEndpoint>()
            .AddSingleton<PoolEndpoints>()
            .AddSingleton<ReservationWire>()
            .AddSingleton<ReservationEndpoints>()
            .AddSingleton<TokenEndpoints>()
            .AddSingleton<CsrEndpoints>()
            .AddSingleton<NodeEndpoints>()
            .AddSingleton<CustodyEndpoint>()
            .AddSingleton<NodeEvidenceEndpoints>()
            .AddSingleton<ReadmissionsEndpoint>()
            .AddSingleton<EventsEndpoint>()
            .AddSingleton<AddressEndpoint>()
            .AddSingleton<SeenNodeAddresses>()
            .AddSingleton<INodeAddresses>(provider => provider.GetRequiredService<SeenNodeAddresses>())
            .AddSingleton<RoutesEndpoint>()
            .AddSingleton<OpenApiEndpoint>()
            .AddSingleton<OpenStreams>()
            .AddSingleton<HealthEndpoints>()
            .AddSingleton<MetricsEndpoint>()
            .AddSingleton<EndpointTable>()
            .AddSingleton<RelayService>()
            .AddHostedService(provider => provider.GetRequiredService<RelayService>())
            .AddHostedService<LedgerTimers>()
            .AddHostedService<JournalWatch>();
}
