using System.CommandLine;
using Broker.Cli.Hosting;

namespace Broker.Cli.Blocks;

/// <summary><c>brokerctl blocks</c>.</summary>
internal static class BlockCommands
{
    public static Command Create(Ctl ctl) =>
        new CtlCommand("blocks", "Subnets that nodes hold.", "brokerctl blocks list")
    {
        BlocksListCommand.Create(ctl),
        BlocksReclaimCommand.Create(ctl),
    };
}
