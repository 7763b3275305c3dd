using System.Globalization;
using System.Text.Json.Nodes;

namespace Broker.Testing.Clusters;

/// <summary>
/// The objects of one kind with their history, as an API server keeps them: versions rise over all kinds, a watch
/// resumes after any version that is not forgotten.
/// </summary>
internal sealed class FakeObjects
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    private readonly List<(long Version, string Line)> _history = [];
    private TaskCompletionSource _changed = New();
    private long _forgotten;

    public void Put(JsonObject item, long version)
    {
        lock (_gate)
        {
            var name = (string)item["metadata"]!["name"]!;
            var type = _objects.ContainsKey(name) ? "MODIFIED" : "ADDED";
            item["metadata"]!["resourceVersion"] = Text(version);
            _objects[name] = item;
            Add(type, item, version);
        }
    }

    public JsonObject Find(Func<JsonObject, bool> fits)
    {
        lock (_gate)
        {
            return _objects.Values.Single(fits).DeepClone().AsObject();
        }
    }

    public void Delete(string name, long version)
    {
        lock (_gate)
        {
            if (_objects.Remove(name, out var item))
            {
                item["metadata"]!["resourceVersion"] = Text(version);
                Add("DELETED", item, version);
            }
        }
    }

    /// <summary>Removes without a word: what a lost delete event looks like.</summary>
    public void Lose(string name)
    {
        lock (_gate)
        {
            _ = _objects.Remove(name);
        }
    }

    /// <summary>A line that is no change of any object.</summary>
    public void Say(string line, long version)
    {
        lock (_gate)
        {
            Tell(line, version);
        }
    }

    /// <summary>Forgets the history up to now.</summary>
    public void Forget(long version)
    {
        lock (_gate)
        {
            _history.Clear();
            _forgotten = version;
        }
    }

    public string List(string kind, long version)
    {
        lock (_gate)
        {
            var items = new JsonArray([.. _objects.Values.Select(item => item.DeepClone())]);
            return new JsonObject
            {
                ["kind"] = kind + "List",
                ["apiVersion"] = kind == "Node" ? "v1" : "certificates.k8s.io/v1",
                ["metadata"] = new JsonObject { ["resourceVersion"] = Text(version) },
                ["items"] = items,
            }.ToJsonString();
        }
    }

    /// <summary>What came after a version, and what to wait for; null when that version is forgotten.</summary>
    public (IReadOnlyList<(long Version, string Line)> Lines, Task Changed)? After(long version)
    {
        lock (_gate)
        {
            return version < _forgotten
                ? null
                : ([.. _history.Where(change => change.Version > version)], _changed.Task);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private void Add(string type, JsonObject item, long version)
    {
        Tell(new JsonObject { ["type"] = type, ["object"] = item.DeepClone() }.ToJsonString(), version);
    }

    private void Tell(string line, long version)
    {
        _history.Add((version, line));
        _changed.SetResult();
        _changed = New();
    }
}
