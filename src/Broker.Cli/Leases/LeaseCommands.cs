using System.CommandLine;
using Broker.Cli.Hosting;

namespace Broker.Cli.Leases;

/// <summary><c>brokerctl leases</c>.</summary>
internal static class LeaseCommands
{
    public static Command Create(Ctl ctl) =>
        new CtlCommand("leases", "Addresses that attachments hold.", "brokerctl leases list --node node-a")
    {
        LeasesListCommand.Create(ctl),
    };
}
