using Broker.Core.Addresses;
using Broker.Core.Views;
using Broker.Simulator.Time;

namespace Broker.Simulator.Checking;

/// <summary>
/// Who uses which address, as answers told the nodes and as nodes act on them; nothing of the product's state. An
/// answer counts when it leaves the broker, whether or not it arrives.
/// </summary>
internal sealed class Holdings(Timeline timeline, Faults faults, long cooldown)
{
    private readonly Dictionary<IpAddress, HeldAddress> _held = [];
    private readonly Dictionary<string, (string Node, long? LeftAt)> _wanting = [];

    /// <summary>Acknowledged grants.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>A container comes up and wants an address.</summary>
    public void Wants(string node, string container) => _wanting.Add(container, (node, null));

    /// <summary>A container does not use an address any more, nor will it.</summary>
    public void Leaves(string container)
    {
        if (_wanting.TryGetValue(container, out var wanting) && wanting.LeftAt is null)
        {
            _wanting[container] = wanting with { LeftAt = timeline.Now };
            foreach (var held in _held.Values.Where(held => held.Container == container))
            {
                held.LeftAt = timeline.Now;
            }
        }
    }

    /// <summary>The machine is off, and all that ran on it.</summary>
    public void LeavesAll(string node)
    {
        foreach (var container in _wanting.Where(each => each.Value.Node == node).Select(each => each.Key).ToList())
        {
            Leaves(container);
        }
    }

    /// <summary>A broker answers that an attachment has an address.</summary>
    public void Granted(LeaseView lease)
    {
        Acknowledged++;
        var (node, container) = (lease.Node.Value, lease.Attachment.ContainerId);
        var mine = new HeldAddress(node, container, lease.Position) { LeftAt = _wanting[container].LeftAt };
        if (_held.TryGetValue(lease.Address, out var before) && before.Position != lease.Position)
        {
            CheckAfter(before, mine, lease.Address);
        }

        foreach (var (address, held) in _held)
        {
            if (held.Container == container && held.LeftAt is null && address.Family == lease.Address.Family
                && address != lease.Address)
            {
                faults.Add($"{container} of {node} has {address}, and is answered {lease.Address}");
            }
        }

        if (before is null || before.Position < lease.Position)
        {
            _held[lease.Address] = mine;
        }
    }

    /// <summary>A broker answers that an attachment holds nothing any more.</summary>
    public void Released(string container)
    {
        foreach (var held in _held.Values.Where(held => held.Container == container))
        {
            held.IsEnded = true;
        }
    }

    /// <summary>What is acknowledged and in use now.</summary>
    public IReadOnlyDictionary<IpAddress, HeldAddress> InUse() => _held
        .Where(each => each.Value.LeftAt is null).ToDictionary(each => each.Key, each => each.Value);

    /// <summary>What was acknowledged to have ended by now.</summary>
    public IReadOnlyList<HeldAddress> Ended() => [.. _held.Values.Where(held => held.IsEnded)];

    /// <summary>Holds what a broker says is live against what was acknowledged before it was asked.</summary>
    public void Compare(
        string who,
        IReadOnlyList<LeaseView> live,
        IReadOnlyDictionary<IpAddress, HeldAddress> inUse,
        IReadOnlyList<HeldAddress> ended)
    {
        var byAddress = live.ToDictionary(lease => lease.Address);
        foreach (var (address, held) in inUse)
        {
            // What was left since may have been released since.
            if (held.LeftAt is null && byAddress.GetValueOrDefault(address)?.Position != held.Position)
            {
                faults.Add($"{who} does not know {address}, acknowledged to {held.Container} of {held.Node}");
            }
        }

        var positions = live.Select(lease => lease.Position).ToHashSet();
        foreach (var held in ended.Where(held => positions.Contains(held.Position)))
        {
            faults.Add($"{who} says {held.Container} of {held.Node} holds what was acknowledged as released");
        }
    }

    private void CheckAfter(HeldAddress before, HeldAddress mine, IpAddress address)
    {
        if (before.Position > mine.Position)
        {
            // An old answer, given again: nobody may use it any more.
            if (mine.LeftAt is null)
            {
                faults.Add($"{mine.Container} is answered {address}, which is of {before.Container} since");
            }

            return;
        }

        if (before.LeftAt is not { } leftAt)
        {
            faults.Add($"{address} is of {before.Container} of {before.Node}, and is given to {mine.Container}, too");
        }
        else if (timeline.Now - leftAt < cooldown)
        {
            faults.Add($"{address} is given to {mine.Container} {timeline.Now - leftAt} µs after it was left");
        }
    }
}
