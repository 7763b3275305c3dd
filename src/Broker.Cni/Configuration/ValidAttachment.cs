namespace Broker.Cni.Configuration;

/// <summary>What GC leaves alone.</summary>
internal readonly record struct ValidAttachment(string ContainerId, string Interface);
