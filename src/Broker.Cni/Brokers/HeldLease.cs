namespace Broker.Cni.Brokers;

/// <summary>A live lease of this node.</summary>
internal sealed record HeldLease(string Address, AttachmentName Attachment, DateTimeOffset GrantedAt);
