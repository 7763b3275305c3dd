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
    private List<JsonNode> _listed = [];
    private long _listedAt;

    public void Put(JsonObject item, long version)
    {
        lock (_gate)
        {
            var name = Path(item);
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

    /// <summary>A copy of one, or null.</summary>
    public JsonObject? Read(string name)
    {
        lock (_gate)
        {
            return _objects.TryGetValue(name, out var item) ? item.DeepClone().AsObject() : null;
        }
    }

    /// <summary>Changes one, unless the change says that it must not be; false then, and when there is none.</summary>
    public bool Change(string name, long version, Func<JsonObject, bool> change)
    {
        lock (_gate)
        {
            if (Read(name) is not { } item || !change(item))
            {
                return false;
            }

            item["metadata"]!["resourceVersion"] = Text(version);
            _objects[name] = item;
            Add("MODIFIED", item, version);
            return true;
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

    /// <summary>One object as it is, or null.</summary>
    public string? Find(string name)
    {
        lock (_gate)
        {
            return _objects.GetValueOrDefault(name)?.ToJsonString();
        }
    }

    /// <summary>
    /// One page of a list, all pages of one moment; null when the moment that it goes on from was forgotten since.
    /// </summary>
    public string? Page(string kind, long version, int objectsMax, string? next)
    {
        lock (_gate)
        {
            var from = 0;
            if (string.IsNullOrEmpty(next))
            {
                _listed = [.. _objects.Values.Select(item => item.DeepClone())];
                _listedAt = version;
            }
            else
            {
                var parts = next.Split('-').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToList();
                from = (int)parts[1];
                if (parts[0] != _listedAt || _listedAt < _forgotten)
                {
                    return null;
                }
            }

            var end = Math.Min(from + objectsMax, _listed.Count);
            var metadata = new JsonObject { ["resourceVersion"] = Text(_listedAt) };
            if (end < _listed.Count)
            {
                metadata["continue"] = $"{_listedAt}-{end}";
            }

            return new JsonObject
            {
                ["kind"] = kind + "List",
                ["apiVersion"] = kind == "CertificateSigningRequest" ? "certificates.k8s.io/v1" : "v1",
                ["metadata"] = metadata,
                ["items"] = new JsonArray([.. _listed[from..end].Select(item => item.DeepClone())]),
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

    private static string Path(JsonObject item)
    {
        var metadata = item["metadata"]!;
        return metadata["namespace"] is { } space ? $"{space}/{metadata["name"]}" : (string)metadata["name"]!;
    }

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
