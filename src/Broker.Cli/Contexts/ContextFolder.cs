using Broker.Cli.Hosting;

namespace Broker.Cli.Contexts;

/// <summary>
/// The user's config folder: <c>contexts/NAME.json</c> are links to context files, so that what changes there is seen
/// at once, and <c>context.json</c> links to the one in use.
/// </summary>
internal sealed class ContextFolder(CliEnvironment environment)
{
    /// <summary>The name of a context file in a data folder, and of the one in use.</summary>
    public const string FileName = "context.json";

    private const string Extension = ".json";

    /// <summary>Where it is, by the XDG Base Directory Specification; null for a user without a home.</summary>
    public string? Path { get; } = Find(environment);

    /// <summary>The link to the context in use; null for a user without a home.</summary>
    public string? Current => Path is null ? null : System.IO.Path.Combine(Path, FileName);

    /// <summary>The names that are known.</summary>
    public IReadOnlyList<string> Names => Named is { } folder && Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*" + Extension)
            .Select(file => System.IO.Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal)]
        : [];

    private string? Named => Path is null ? null : System.IO.Path.Combine(Path, "contexts");

    /// <summary>Whether a text can be the name of a context.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 64
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>The file of a name, whether it is there or not; null for a user without a home.</summary>
    public string? FileOf(string name) => Named is null ? null : System.IO.Path.Combine(Named, name + Extension);

    /// <summary>The name of the context in use; null when none is, or when it has none.</summary>
    public string? CurrentName => Current is { } current && new FileInfo(current).LinkTarget is { } target
        && Names.FirstOrDefault(name => target == FileOf(name)) is { } known
        ? known
        : null;

    /// <summary>Remembers a context file under a name.</summary>
    /// <exception cref="CliFailureException">The name stands for another file.</exception>
    public void Remember(string name, string file)
    {
        var link = new FileInfo(FileOf(name) ?? throw Homeless());
        if (link.LinkTarget is { } target && target != file)
        {
            throw new CliFailureException(
                CliCodes.ContextTaken,
                $"The name '{name}' stands for {target}.",
                $"Choose another: --name NAME. Or remove {link.FullName} first.");
        }

        Link(link.FullName, file);
    }

    /// <summary>Makes a name the context in use.</summary>
    public void Use(string name) => Link(Current ?? throw Homeless(), FileOf(name)!);

    // A new link takes the place of the old one in one step, so that no moment is without.
    private static void Link(string link, string target)
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        _ = Directory.CreateDirectory(System.IO.Path.GetDirectoryName(link)!, OwnerOnly);
        var fresh = $"{link}.new";
        File.Delete(fresh);
        _ = File.CreateSymbolicLink(fresh, target);
        File.Move(fresh, link, overwrite: true);
    }

    private static string? Find(CliEnvironment environment) =>
        environment.Variable("XDG_CONFIG_HOME") is { Length: > 0 } config ? System.IO.Path.Combine(config, "broker")
        : environment.Variable("HOME") is { Length: > 0 } home ? System.IO.Path.Combine(home, ".config", "broker")
        : null;

    private static CliFailureException Homeless() => new(
        CliCodes.ContextMissing,
        "Neither HOME nor XDG_CONFIG_HOME is set, so there is no place to remember contexts in.",
        "Set HOME, or name the context each time: --context FILE");
}
