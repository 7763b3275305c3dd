using Broker.Core.Names;
using Broker.Core.Views;

namespace Broker.Core.Nodes;

/// <summary>All nodes that were ever admitted, by name and by UID.</summary>
internal sealed class NodesState
{
    private readonly Dictionary<NodeName, NodeState> _byName = [];
    private readonly Dictionary<NodeUid, NodeState> _byUid = [];
    private readonly Dictionary<NodeName, long> _lastPositions = [];

    /// <summary>Every node, in no order.</summary>
    public IEnumerable<NodeState> All => _byName.Values;

    public int Count => _byName.Count;

    public NodeState? Find(NodeName name) => _byName.GetValueOrDefault(name);

    public NodeState? Find(NodeUid uid) => _byUid.GetValueOrDefault(uid);

    /// <summary>The position of the last event on a node name, admitted or not.</summary>
    public long? LastPosition(NodeName name) => _lastPositions.TryGetValue(name, out var last) ? last : null;

    public void Touch(NodeName name, long position) => _lastPositions[name] = position;

    public NodeState Admit(NodeName name, NodeUid uid, long position)
    {
        if (!_byName.TryGetValue(name, out var node))
        {
            node = new NodeState(name);
            _byName.Add(name, node);
        }

        _byUid[uid] = node;
        node.Uid = uid;
        (node.Standing, node.FenceRule, node.IsProvisional) = (Standing.Active, null, false);
        node.Position = position;
        return node;
    }

    /// <summary>Binds a name to another Node object.</summary>
    public void Rebind(NodeState node, NodeUid uid)
    {
        _ = _byUid.Remove(node.Uid); // It is there: the node has it until now.
        _byUid[uid] = node;
        (node.Uid, node.IsProvisional) = (uid, false);
    }

    public void Validate(List<string> faults)
    {
        foreach (var node in _byName.Values)
        {
            if (_byUid.GetValueOrDefault(node.Uid) != node || LastPosition(node.Name) is null)
            {
                faults.Add($"Node {node.Name} is indexed wrongly.");
            }

            var blocks = 0;
            foreach (var pool in node.Pools)
            {
                blocks += pool.Blocks.Count;
                pool.Validate(faults);
            }

            if (blocks != node.BlocksLive || ((node.Standing == Standing.Retired || node.IsProvisional) && blocks > 0))
            {
                faults.Add($"Node {node.Name} counts {node.BlocksLive} blocks and holds {blocks}.");
            }
        }
    }
}
