using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Broker.Server.Options;

/// <summary>
/// Reads the settings file and the command line's <c>--set KEY=VALUE</c> over it, and names every fault at once:
/// unknown keys, values of the wrong form, and what contradicts.
/// </summary>
internal static class SettingsReader
{
    /// <summary>The name of the settings file in the data folder.</summary>
    public const string FileName = "broker.json";

    /// <summary>Largest settings file.</summary>
    public const int FileBytesMax = 65_536;

    private const string NotOneValue = "takes one value, neither null nor a list nor an object.";

    // As lenient as the configuration's own reader.
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <param name="dataFolder">What the paths of the settings are relative to.</param>
    /// <param name="overrides">Keys and values over those of the file.</param>
    /// <param name="settingsFile">Null for <see cref="FileName"/> in the data folder.</param>
    public static SettingsResult Read(
        string dataFolder, IReadOnlyDictionary<string, string?> overrides, string? settingsFile = null)
    {
        var faults = new List<SettingsFault>();
        if (Load(dataFolder, overrides, faults, settingsFile) is not { } options)
        {
            return new SettingsResult(null, faults);
        }

        var settings = SettingsRules.Check(Path.GetFullPath(dataFolder), options, faults);
        return faults.Count == 0 ? SettingsResult.Good(settings) : new SettingsResult(null, faults);
    }

    /// <summary>The settings as they are written and overridden, with what is wrong with each by itself.</summary>
    /// <returns>Null when there is no file that can be read; the fault says why.</returns>
    public static BrokerOptions? Load(
        string dataFolder,
        IReadOnlyDictionary<string, string?> overrides,
        List<SettingsFault> faults,
        string? settingsFile = null)
    {
        if (string.IsNullOrWhiteSpace(dataFolder))
        {
            return Faulty(faults, "--data", "is empty. Name the data folder that 'broker init' made.");
        }

        var folder = Path.GetFullPath(dataFolder);
        if (!File.Exists(Path.Combine(folder, FileName)))
        {
            return Faulty(
                faults,
                "--data",
                $"there is no {FileName} in {folder}. Make a data folder with: broker init --data {folder}");
        }

        var file = Path.GetFullPath(settingsFile ?? Path.Combine(folder, FileName));
        if (!File.Exists(file))
        {
            return Faulty(faults, "--settings", $"there is no file {file}.");
        }

        if (new FileInfo(file).Length > FileBytesMax)
        {
            return Faulty(faults, file, $"is larger than {FileBytesMax} bytes.");
        }

        IConfigurationRoot configuration;
        List<string> emptyLists;
        try
        {
            emptyLists = EmptyLists(file);
            configuration = new ConfigurationBuilder()
                .AddJsonFile(file, optional: false, reloadOnChange: false)
                .AddInMemoryCollection(overrides)
                .Build();
        }
        catch (Exception error) when (
            error is InvalidDataException or FormatException or JsonException or IOException
                or UnauthorizedAccessException)
        {
            var cause = error.InnerException ?? error;
            return Faulty(faults, file, $"is not JSON that can be read: {cause.Message}");
        }

        var options = new BrokerOptions();
        Bind(configuration, string.Empty, options, faults);
        faults.AddRange(emptyLists
            .Where(key => faults.All(fault => fault.Key != key)).Select(key => new SettingsFault(key, NotOneValue)));
        return options;
    }

    /// <summary>
    /// All keys that there are, with their defaults, for help and for the message about an unknown one.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> KnownKeys()
    {
        var keys = new List<KeyValuePair<string, string>>();
        AddKeys(string.Empty, new BrokerOptions());
        return keys;

        void AddKeys(string path, object section)
        {
            foreach (var property in section.GetType().GetProperties())
            {
                var key = path.Length == 0 ? Camel(property.Name) : $"{path}:{Camel(property.Name)}";
                var value = property.GetValue(section)!;
                if (IsSection(property))
                {
                    AddKeys(key, value);
                }
                else
                {
                    keys.Add(new(key, Convert.ToString(value, CultureInfo.InvariantCulture)!));
                }
            }
        }
    }

    private static BrokerOptions? Faulty(List<SettingsFault> faults, string key, string reason)
    {
        faults.Add(new SettingsFault(key, reason));
        return null;
    }

    // The configuration turns an empty list into an empty text, which would turn a listener off without a word.
    private static List<string> EmptyLists(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file), Lenient);
        var found = new List<string>();
        Look(document.RootElement, string.Empty);
        return found;

        void Look(JsonElement element, string path)
        {
            if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 0)
            {
                found.Add(path);
            }
            else if (element.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in element.EnumerateObject())
                {
                    Look(member.Value, path.Length == 0 ? member.Name : $"{path}:{member.Name}");
                }
            }
        }
    }

    private static void Bind(IConfiguration from, string path, object target, List<SettingsFault> faults)
    {
        var properties = target.GetType().GetProperties();
        foreach (var child in from.GetChildren())
        {
            var key = path.Length == 0 ? child.Key : $"{path}:{child.Key}";
            var property = properties.FirstOrDefault(
                p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                var known = string.Join(", ", properties.Select(p => Camel(p.Name)));
                faults.Add(new(key, $"is not a setting. Known here: {known}."));
            }
            else if (IsSection(property))
            {
                BindSection(child, key, property.GetValue(target)!, faults);
            }
            else
            {
                BindValue(child, key, property, target, faults);
            }
        }
    }

    private static void BindSection(
        IConfigurationSection from, string key, object target, List<SettingsFault> faults)
    {
        if (from.Value is not null)
        {
            faults.Add(new(key, "is a group of settings and takes an object."));
            return;
        }

        Bind(from, key, target, faults);
    }

    private static void BindValue(
        IConfigurationSection from, string key, PropertyInfo property, object target, List<SettingsFault> faults)
    {
        var text = from.Value;
        if (text is null || from.GetChildren().Any())
        {
            faults.Add(new(key, NotOneValue));
            return;
        }

        var converter = TypeDescriptor.GetConverter(property.PropertyType);
        if (!converter.IsValid(text))
        {
            faults.Add(new(key, $"'{text}' is not {Describe(property.PropertyType)}."));
            return;
        }

        property.SetValue(target, converter.ConvertFromInvariantString(text));
    }

    private static bool IsSection(PropertyInfo property) =>
        property.PropertyType.Namespace == typeof(BrokerOptions).Namespace;

    private static string Describe(Type type) => type == typeof(string) ? "text" : "a whole number in range";

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
