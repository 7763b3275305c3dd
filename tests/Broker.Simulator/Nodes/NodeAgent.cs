using Broker.Core.Addresses;
using Broker.Core.Commands;
using Broker.Core.Journal;
using Broker.Core.Names;
using Broker.Core.Refusals;
using Broker.Core.Views;
using Broker.Simulator.Checking;
using Broker.Simulator.Time;

namespace Broker.Simulator.Nodes;

/// <summary>
/// What runs on a node: pods come and go, each asks for its addresses and releases them, sometimes before it was
/// answered; blocks are asked for and given back. Everything is repeated until it is answered.
/// </summary>
internal sealed class NodeAgent(Timeline timeline, NodeCaller caller, Roads roads, Holdings holdings, Faults faults)
{
    private const int PodsMax = 7;

    private readonly List<Pod> _pods = [];
    private readonly Dictionary<Cidr, Generation> _blocks = [];
    private IErrand? _blockErrand;
    private int _names;

    /// <summary>The node as it calls.</summary>
    public NodeCaller Caller => caller;

    /// <summary>Whether the machine is off.</summary>
    public bool IsOff { get; private set; }

    /// <summary>Begins to live.</summary>
    public void Begin() => timeline.In(timeline.Between(100_000, 3 * Timeline.Second), () =>
    {
        if (!IsOff)
        {
            Act(timeline.Random.Next(20));
        }

        Begin();
    });

    /// <summary>The machine goes off, with all that runs on it.</summary>
    public void GoOff()
    {
        (IsOff, _blockErrand) = (true, null);
        holdings.LeavesAll(caller.Name.Value);
        foreach (var pod in _pods)
        {
            pod.Phase = PodPhase.Gone;
            pod.Errand?.GiveUp();
        }

        _pods.Clear();
        _blocks.Clear();
    }

    /// <summary>The machine is on again, and holds nothing.</summary>
    public void GoOn() => IsOff = false;

    private void Act(int choice)
    {
        var coming = choice < 8 && !timeline.IsCalm;
        if (coming && _pods.Count < PodsMax)
        {
            Add();
        }
        else if (choice < 15 && _pods.Count > 0)
        {
            Remove(_pods[timeline.Random.Next(_pods.Count)]);
        }
        else if (choice is 16 or 17 && !timeline.IsCalm && _blockErrand is null or { IsOver: true })
        {
            _blockErrand = roads.Send(new GrantBlocks(caller, Request(), []), Take);
        }
        else if (choice is 18 or 19 && _blockErrand is null or { IsOver: true })
        {
            GiveBack();
        }
    }

    private void Add()
    {
        var name = Fresh("c");
        var pod = new Pod(new Attachment(caller.Uid, "net", name, "eth0"));
        _pods.Add(pod);
        holdings.Wants(caller.Name.Value, name);
        var identity = new PodIdentity("default", "pod-" + name, "uid-" + name);
        var grant = new GrantLease(caller, Request(), pod.Attachment, identity, [], []);
        pod.Errand = roads.Send(grant, outcome => Take(pod, outcome));
    }

    private void Take(Pod pod, Outcome<LeasesGranted> outcome)
    {
        if (outcome.Refusal is { } refusal)
        {
            if (refusal.Code == RefusalCode.Conflict)
            {
                faults.Add($"the repeat of {pod.Attachment.ContainerId} is refused: {refusal.Detail}");
            }

            Remove(pod); // What was refused may have been granted by an answer that was lost, and be undone since.
            return;
        }

        (pod.Phase, pod.Leases) = (PodPhase.Running, outcome.Answer!.Leases);
        foreach (var lease in pod.Leases)
        {
            _blocks[lease.Block] = lease.Generation;
        }
    }

    private void Remove(Pod pod)
    {
        if (pod.Phase is PodPhase.Releasing or PodPhase.Gone)
        {
            return;
        }

        pod.Errand?.GiveUp();
        pod.Phase = PodPhase.Releasing;
        holdings.Leaves(pod.Attachment.ContainerId);
        pod.Errand = roads.Send(new ReleaseLease(caller, pod.Attachment), ended =>
        {
            pod.Phase = PodPhase.Gone;
            _ = _pods.Remove(pod); // It is there, unless the machine was off meanwhile.
        });
    }

    private void Take(Outcome<BlocksGranted> outcome)
    {
        foreach (var block in outcome.Answer?.Blocks ?? [])
        {
            _blocks[block.Block] = block.Generation;
        }
    }

    private void GiveBack()
    {
        foreach (var (block, generation) in _blocks)
        {
            if (!_pods.Exists(pod => pod.Leases.Any(lease => lease.Block == block)))
            {
                _ = _blocks.Remove(block); // It is there.
                _blockErrand = roads.Send(new ReleaseBlock(caller, block, generation), _ => { });
                return;
            }
        }
    }

    private RequestId Request() => RequestId.Parse(Fresh("r"));

    private string Fresh(string prefix) => $"{prefix}-{caller.Name.Value}-{_names++}";
}
