namespace Broker.Cni.Brokers;

/// <summary>An attachment as this node names it.</summary>
internal readonly record struct AttachmentName(string Network, string ContainerId, string Interface);
