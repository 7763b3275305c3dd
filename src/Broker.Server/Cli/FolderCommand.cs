using System.CommandLine;
using Broker.Server.Hosting;
using Broker.Server.Init;

namespace Broker.Server.Cli;

/// <summary><c>broker folder</c>: the one step that needs root where the broker serves without it.</summary>
internal static class FolderCommand
{
    public static Command Create()
    {
        var data = DataOptions.Data();
        data.Description = "The folder to make, for 'broker init' to fill; one that is there must be empty.";
        var owner = new Option<uint>("--owner")
        {
            Description = "The number of the user, and of the group, that the broker serves as.",
            Required = true,
            HelpName = "UID",
        };
        var command = new Command("folder", "Make an empty folder that belongs to another user. Needs root.")
        {
            data, owner,
        };
        command.SetAction(result => Run(
            Path.GetFullPath(result.GetRequiredValue(data)), result.GetRequiredValue(owner)));
        return command;
    }

    private static int Run(string folder, uint owner)
    {
        OwnedFolder.Create(folder, owner);
        Console.WriteLine($"Made {folder} for user {owner}.");
        return ExitCodes.Good;
    }
}
