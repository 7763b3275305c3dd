using Broker.Bench.Grants;
using Broker.Testing.Load;
using Broker.Testing.Processes;

namespace Broker.Bench.Cni;

/// <summary>Our plugin in direct mode, as published, against a broker on loopback.</summary>
internal sealed class BrokerIpam : ICniPlugin
{
    private readonly CniExec _exec;
    private readonly BenchLedger _ledger;
    private readonly LoadNode _node;

    public BrokerIpam(string program, BenchLedger ledger, TempFolder folder)
    {
        (_ledger, _node) = (ledger, ledger.Nodes[0]);
        var pem = folder.Write("kubelet-client-current.pem", _node.Certificate + "\n" + _node.KeyPem() + "\n");
        File.SetUnixFileMode(pem, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _exec = new CniExec(
            program,
            $$"""
            {"cniVersion":"1.0.0","name":"{{BenchLedger.Network}}","type":"bridge","ipam":{"type":"broker-ipam",
            "server":"{{ledger.NodeAddress.GetLeftPart(UriPartial.Authority)}}","caFile":"{{ledger.CaFile}}",
            "certificateFile":"{{pem}}","stateDir":"{{folder["state"]}}"}
            }
            """);
    }

    public void Run(string command, string containerId) => _exec.Run(command, containerId);

    public async Task FillAsync(int count)
    {
        var api = _ledger.Api(_node);
        for (var i = 0; i < count; i++)
        {
            _ = (await api.GrantLeaseAsync(_ledger.NewLease(), default)).OrThrow(); // A refusal ends the bench.
        }
    }
}
