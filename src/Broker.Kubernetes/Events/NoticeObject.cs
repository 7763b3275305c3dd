namespace Broker.Kubernetes.Events;

/// <summary>The object that an Event is about; a Node has no namespace.</summary>
public sealed record NoticeObject(string Kind, string Namespace, string Name, string Uid)
{
    /// <summary>A Node.</summary>
    public static NoticeObject Node(string name, string uid) => new("Node", "", name, uid);

    /// <summary>A pod.</summary>
    public static NoticeObject Pod(string inNamespace, string name, string uid) => new("Pod", inNamespace, name, uid);
}
