using Broker.Journal.Dapr;
using Broker.Server.Hosting;

namespace Broker.Server.Options;

/// <summary>Where the journal of a data folder lies, for commands that need nothing else of its settings.</summary>
internal static class JournalSetting
{
    /// <summary>Null when it lies in the folder, which may be a copy without settings.</summary>
    /// <exception cref="StartFailureException">The settings of the journal have faults.</exception>
    public static DaprJournalSettings? Of(string folder)
    {
        if (!File.Exists(Path.Combine(folder, SettingsReader.FileName)))
        {
            return null;
        }

        var faults = new List<SettingsFault>();
        var options = SettingsReader.Load(folder, new Dictionary<string, string?>(), faults);
        var dapr = options is null ? null : JournalRules.Check(folder, options.Journal, faults);
        return faults.Count == 0
            ? dapr
            : throw new StartFailureException("settings_invalid", string.Join(' ', faults));
    }
}
