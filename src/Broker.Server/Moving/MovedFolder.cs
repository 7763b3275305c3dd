using System.Text.Json.Nodes;
using Broker.Server.Hosting;
using Broker.Server.Init;
using Broker.Server.Options;

namespace Broker.Server.Moving;

/// <summary>
/// The data folder that a moved ledger is served from: keys and settings of the one before, but for the settings that
/// say where the journal lies, and nothing of the journal itself.
/// </summary>
internal static class MovedFolder
{
    private const string JournalFiles = "journal.";

    /// <summary>Makes it, unless an earlier try did.</summary>
    /// <exception cref="StartFailureException">The settings of the folder before cannot be read.</exception>
    public static void Prepare(string from, string to, string origin, IReadOnlyDictionary<string, string?> sets)
    {
        if (File.Exists(Path.Combine(to, SettingsReader.FileName)))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(from, file);
            if (!name.StartsWith(JournalFiles, StringComparison.Ordinal) && name != SettingsReader.FileName)
            {
                var copy = Path.Combine(to, name);
                MakePrivate(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy, overwrite: true); // With its mode.
            }
        }

        CurlFile.Write(
            Path.Combine(to, "operator.curl"),
            Path.Combine(to, "pki", "broker-ca.crt"),
            Path.Combine(to, "pki", "operator.crt"),
            Path.Combine(to, "pki", "operator.key"));

        // The settings last: with them the folder is whole.
        File.WriteAllText(Path.Combine(to, SettingsReader.FileName), Settings(from, origin, sets));
    }

    private static string Settings(string from, string origin, IReadOnlyDictionary<string, string?> sets)
    {
        var file = Path.Combine(from, SettingsReader.FileName);
        if (!File.Exists(file))
        {
            throw new StartFailureException("settings_missing", $"There is no {file}: 'broker init' makes one.");
        }

        var options = new System.Text.Json.JsonDocumentOptions
        {
            CommentHandling = System.Text.Json.JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
        };
        var settings = JsonNode.Parse(File.ReadAllText(file), documentOptions: options)!.AsObject();
        InitSettings.Add(settings, sets, origin);
        return settings.ToJsonString(InitSettings.Indented) + "\n";
    }

    private static void MakePrivate(string folder)
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        _ = Directory.CreateDirectory(folder, OwnerOnly); // The information object is of no use here.
    }
}
