using Broker.Cni.Brokers;
using Broker.Cni.Configuration;
using Broker.Cni.Invocation;
using Broker.Cni.Spool;

namespace Broker.Cni.Verbs;

/// <summary>What a verb works with: one exec for one network.</summary>
internal sealed record Exec(
    CniEnvironment Environment,
    NetworkConfig Config,
    ILeaseBroker Broker,
    ReleaseSpool Spool,
    SpoolDelivery Delivery,
    PluginWorld World)
{
    public AttachmentName Attachment { get; } =
        new(Config.Name, Environment.ContainerId, Environment.Interface);

    /// <summary>The broker as spool entries name it.</summary>
    public string Server { get; } = Config.Ipam.Server.GetLeftPart(UriPartial.Authority);
}
