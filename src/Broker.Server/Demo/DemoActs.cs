using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Broker.Contracts.Blocks;
using Broker.Contracts.Leases;
using Broker.Contracts.Pools;
using Broker.Contracts.Tokens;
using Broker.Identity.Authorities;
using Broker.Identity.Csr;
using Broker.Journal.Tree;

namespace Broker.Server.Demo;

/// <summary>The seven acts, played through the client over sockets and TLS like anybody else's calls.</summary>
internal sealed class DemoActs(DemoWorld world, DemoScreen screen)
{
    public async Task LedgerAsync(CancellationToken cancellation)
    {
        var v4 = new PoolDefinition("10.64.0.0/16", Open: true);
        var v6 = new PoolDefinition("fd64::/48", Open: true);
        var four = (await world.People.DefinePoolAsync("pods-v4", v4, cancellation)).OrThrow();
        var six = (await world.People.DefinePoolAsync("pods-v6", v6, cancellation)).OrThrow();
        var me = (await world.People.WhoAmIAsync(cancellation)).OrThrow();
        screen.Act("The ledger is made");
        screen.Line($"{me.Ledger.Origin}: {me.Ledger.Size} events, epoch {me.Ledger.Epoch}, "
            + $"root {DemoScreen.Short(me.Ledger.Root)}");
        screen.Line($"pool {four.Name}  {four.Cidr} in blocks of /{four.BlockPrefixLength}, "
            + $"pool {six.Name}  {six.Cidr} in blocks of /{six.BlockPrefixLength}");
        screen.Line($"three CAs were generated (broker, nodes, people), and one {me.Role}: {me.Name}");
        screen.Command("broker init --data ./ledger && broker serve --data ./ledger");
    }

    public async Task EnrolAsync(CancellationToken cancellation)
    {
        var node = world.NodeA;
        var token = (await world.People.IssueTokenAsync(new TokenRequest(), cancellation)).OrThrow();
        var csr = node.SigningRequest();
        var answer = (await world.Enrol.EnrolAsync(token.Token, csr, cancellation)).OrThrow();
        var pem = answer.Certificate ?? throw new InvalidOperationException($"The request is {answer.Status}.");
        node.Save(world.Folder, pem, world.BrokerCaFile);
        using var issued = X509Certificate2.CreateFromPem(pem);
        world.NodeAApi = world.ConnectNode(node.Join(issued));
        var me = (await world.NodeAApi.WhoAmIAsync(cancellation)).OrThrow();
        var info = (await world.People.ListCsrsAsync(cancellation)).OrThrow().Csrs[0];
        screen.Act("node-a earns a certificate: token, signing request, approval, witness");
        screen.Line($"token {token.Id} (one use)  ->  {answer.Name[..22]}…  {answer.Status}, "
            + $"approved by rule {info.Rule}");
        screen.Line($"certificate {DemoScreen.Short(me.Certificate)} until {me.NotAfter[..19]}Z, "
            + $"witnessed in the journal, slot {me.Slot}");
        screen.Line($"the broker takes it for {me.Role} {me.Name}, Node UID {me.NodeUid}");
        screen.Command("curl -K $D/node-a.curl $N/v1/whoami");
    }

    public async Task BlocksAsync(CancellationToken cancellation)
    {
        var answer = (await world.NodeAApi!.GrantBlocksAsync(new BlocksRequest(NewId()), cancellation)).OrThrow();
        screen.Act("node-a gets a block of each family, bound to that certificate");
        foreach (var block in answer.Blocks)
        {
            screen.Line($"{block.Block,-16} of {block.Pool}, generation {block.Generation}, {block.Free} free, "
                + $"certificate {DemoScreen.Short(block.Certificate)}");
        }

        screen.Command($"curl -K $D/node-a.curl --json '{{\"requestId\":\"{NewId()}\"}}' $N/v1/blocks");
    }

    public async Task LeasesAsync(CancellationToken cancellation)
    {
        screen.Act("Two pods get addresses, each durable before it is answered");
        foreach (var pod in new[] { "web-0", "web-1" })
        {
            var request = new LeaseRequest(
                NewId(), "pods", "c" + NewId(), "eth0", new PodLabels("default", pod, Guid.NewGuid().ToString()));
            var start = Stopwatch.GetTimestamp();
            var answer = (await world.NodeAApi!.GrantLeaseAsync(request, cancellation)).OrThrow();
            var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            var addresses = answer.Leases.Select(lease => $"{lease.Address}/{lease.PrefixLength} via {lease.Gateway}");
            screen.Line(string.Create(
                CultureInfo.InvariantCulture, $"{pod}  {string.Join("   ", addresses),-62} {elapsed,6:F1} ms"));
            if (world.Story.Address.Length == 0)
            {
                (world.Story.Address, world.Story.At) = (answer.Leases[0].Address, answer.Leases[0].GrantedAt);
            }
        }

        screen.Command("curl -K $D/node-a.curl $N/v1/leases");
    }

    public async Task ForgerAsync(CancellationToken cancellation)
    {
        screen.Act("A forger is refused, twice");
        using var forger = new DemoNode("node-b");
        var now = TimeProvider.System.GetUtcNow();
        var pki = Path.Combine(world.Folder, "pki");
        using var authority = CertificateAuthority.Load(
            Path.Combine(pki, "node-ca.crt"), Path.Combine(pki, "node-ca.key"), now).Authority!;
        var examined = CsrExaminer.Examine(Encoding.UTF8.GetBytes(forger.SigningRequest())).Csr!;
        using var forged = NodeCertificateSigner.Sign(
            examined, authority, now, TimeSpan.FromDays(1));
        var api = world.ConnectNode(forger.Join(forged));
        var first = await api.GrantBlocksAsync(new BlocksRequest(NewId()), cancellation);
        Show("a certificate of the same CA that no request accounts for", first.Problem);
        var second = await world.NodeAApi!.RenewAsync(world.NodeA.SigningRequest("node-b"), cancellation);
        Show("node-a, with its own certificate, asking as node-b", second.Problem);
        screen.Command("curl -K $D/operator.curl -m 1 $P/v1/events | grep alarm.raised");

        void Show(string who, Contracts.Problems.Problem? problem)
        {
            var said = problem ?? throw new InvalidOperationException($"Not refused: {who}.");
            screen.Refused($"{who}: {said.Status} {said.Code}");
            screen.Line($"         {said.Title}");
        }
    }

    public async Task WhoAsync(CancellationToken cancellation)
    {
        var (address, at) = (world.Story.Address, world.Story.At);
        var holder = (await world.People.WhoHoldsAsync(address, at, cancellation)).OrThrow().Holder
            ?? throw new InvalidOperationException($"Nobody held {address} at {at}.");
        screen.Act($"Who had {address} at {at[..19]}Z?");
        screen.Line($"pod {holder.Pod.Namespace}/{holder.Pod.Name} on {holder.Node}, Node UID {holder.NodeUid}");
        screen.Line($"certificate {DemoScreen.Short(holder.Certificate)}, position {holder.GrantedPosition}, "
            + $"block {holder.Block} of generation {holder.Generation}");
        screen.Line($"CSR {holder.Csr![..22]}…, asked for by {holder.Requester}");
        screen.Line($"approved by {holder.Approver}, rule {holder.ApprovalRule}");
        screen.Command($"curl -K $D/operator.curl \"$P/v1/addresses/{address}?at={at}\"");
    }

    public async Task ReplayAsync(CancellationToken cancellation)
    {
        var head = (await world.People.WhoAmIAsync(cancellation)).OrThrow().Ledger;
        var range = new CompactRange();
        var replay = new DemoReplay();
        await foreach (var item in world.People.Events(-1).ReadAsync(cancellation))
        {
            var line = Encoding.UTF8.GetBytes(item.Line);
            range.Append(Merkle.Leaf(line));
            replay.Take(item.Position, line);
            if (item.Position == head.Size - 1)
            {
                break;
            }
        }

        var root = range.Root().ToString();
        screen.Act("The history is replayed, and its root matches");
        screen.Line($"{head.Size} events streamed, replayed into an empty state: {replay.Summary()}");
        screen.Line($"root of the replay  {root}");
        screen.Line($"root of the broker  {head.Root}");
        screen.Command("broker verify --data $D    # with --keep, once the broker has stopped");
        if (root != head.Root)
        {
            throw new InvalidOperationException("The roots differ.");
        }

        (world.Story.Size, world.Story.Root) = (head.Size, root);
    }

    private static string NewId() => Guid.NewGuid().ToString("N")[..12];
}
