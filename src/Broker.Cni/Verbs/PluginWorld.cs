using Broker.Cni.Brokers;
using Broker.Cni.Configuration;
using Broker.Cni.Invocation;

namespace Broker.Cni.Verbs;

/// <summary>What is not the same in a test.</summary>
/// <param name="Clock">For waiting and for the age of leases.</param>
/// <param name="Random">From 0 up to 1, for jitter.</param>
/// <param name="NewRequestId">A request id of its own for each exec of ADD.</param>
/// <param name="Connect">Whom to ask; throws a CniException for files that cannot be read.</param>
internal sealed record PluginWorld(
    TimeProvider Clock,
    Func<double> Random,
    Func<string> NewRequestId,
    Func<IpamConfig, TraceContext, ILeaseBroker> Connect);
