namespace Broker.Kubernetes.Recording;

/// <summary>When the cluster was last heard, kept over restarts; not exact to the second.</summary>
public interface IContactMark
{
    /// <summary>Null when it never was.</summary>
    DateTimeOffset? Read();

    void Write(DateTimeOffset at);
}
