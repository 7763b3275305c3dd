using System.CommandLine;
using Broker.Cli.Hosting;

namespace Broker.Cli.Csrs;

/// <summary><c>brokerctl csr</c>.</summary>
internal static class CsrCommands
{
    public static Command Create(Ctl ctl) =>
        new CtlCommand("csr", "Signing requests: how machines earn certificates.", "brokerctl csr list --pending")
    {
        CsrListCommand.Create(ctl),
        CsrDecideCommand.Create(ctl, approve: true),
        CsrDecideCommand.Create(ctl, approve: false),
    };
}
