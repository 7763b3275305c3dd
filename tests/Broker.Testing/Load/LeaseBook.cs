using System.Net;

namespace Broker.Testing.Load;

/// <summary>
/// Leases by the events: no address twice, none before it has cooled, none outside its node's block, no request and no
/// attachment answered with two addresses of one family.
/// </summary>
internal sealed class LeaseBook(BlockBook blocks, List<string> faults, CheckerRules rules)
{
    private readonly Dictionary<string, LiveLease> live = [];
    private readonly Dictionary<(string Attachment, bool IPv6), string> attachments = [];
    private readonly Dictionary<(string Node, string Request, bool IPv6), long> requests = [];
    private readonly Dictionary<string, DateTimeOffset> released = [];

    /// <summary>The live leases, by address.</summary>
    public IReadOnlyDictionary<string, LiveLease> Live => live;

    public void Grant(JournalEvent e)
    {
        var (address, node) = (e.Text("address"), e.Text("node"));
        if (blocks.Find(e.Number("generation")) is not { } block
            || !block.Network.Contains(IPAddress.Parse(address)) || block.Node != node)
        {
            faults.Add($"position {e.Position}: {address} is granted to {node} outside its blocks");
            return;
        }

        if (live.TryGetValue(address, out var holder))
        {
            faults.Add($"position {e.Position}: {address} is granted, but live since {holder.Position}");
        }

        if (rules.ClocksAreTrue && released.TryGetValue(address, out var since)
            && e.At - since < blocks.AddressCooldown(block) - EventChecker.ClockSlack)
        {
            faults.Add($"position {e.Position}: {address} is granted {e.At - since} after its release");
        }

        var attached = e.Data.GetProperty("attachment");
        string[] parts = ["network", "containerId", "interface"];
        var attachment = string.Join(' ', parts.Select(name => attached.GetProperty(name).GetString()));
        var lease = new LiveLease(address, block, node, attachment, e.Position);
        if (!attachments.TryAdd(($"{node} {attachment}", lease.IsIPv6), address))
        {
            faults.Add($"position {e.Position}: {node} {attachment} has an address of this family already");
        }

        if (!requests.TryAdd((node, e.Request!, lease.IsIPv6), e.Position) && rules.NothingComesLate)
        {
            faults.Add($"position {e.Position}: request {e.Request} of {node} was answered before");
        }

        block.Leases++;
        live[address] = lease;
    }

    public void Release(JournalEvent e)
    {
        var address = e.Text("address");
        if (!live.Remove(address, out var lease) || lease.Position != e.Number("granted")
            || lease.Block.Generation != e.Number("generation"))
        {
            faults.Add($"position {e.Position}: {address} is released, but that lease is not live");
            return;
        }

        lease.Block.Leases--;
        released[address] = e.At;
        _ = attachments.Remove(($"{lease.Node} {lease.Attachment}", lease.IsIPv6)); // Its grant put it there.
    }
}
