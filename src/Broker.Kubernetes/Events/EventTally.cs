namespace Broker.Kubernetes.Events;

/// <summary>One object and reason: how often, and what of that the cluster knows.</summary>
internal sealed class EventTally(NoticeObject about, string reason, TokenBucket bucket)
{
    private string? _name;
    private string _message = "";
    private int _count;
    private int _written;
    private DateTimeOffset _first;
    private DateTimeOffset _last;

    /// <summary>Whether there is something that the cluster does not know.</summary>
    public bool IsDue => _count > _written;

    /// <summary>Whether the cluster has an Event to count up.</summary>
    public bool HasEvent => _name is not null;

    /// <summary>The limit of its object.</summary>
    public TokenBucket Bucket => bucket;

    public void Add(string message, DateTimeOffset at)
    {
        _first = _count == 0 ? at : _first;
        (_message, _last) = (message, at);
        _count++;
    }

    /// <summary>What the cluster is to have.</summary>
    public ClusterEvent Draft() => new(
        about, _name ?? NewName(), reason, _message, _count, _first, _last);

    public void Written(ClusterEvent item) => (_name, _written) = (item.Name, item.Count);

    /// <summary>The cluster has it no more: the next one is new, and goes on counting.</summary>
    public void Lost() => _name = null;

    /// <summary>The cluster takes it in no form.</summary>
    public void GiveUp() => _written = _count;

    // Names of objects have at most 253 characters; a name is a name of its own by its end.
    private string NewName() => $"{(about.Name.Length > 200 ? about.Name[..200] : about.Name)}.{Guid.NewGuid():N}";
}
