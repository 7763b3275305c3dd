using Broker.Cli.Hosting;

namespace Broker.Cli.Contexts;

/// <summary>Finds the context: of the option, else of the environment, else the one in use.</summary>
internal sealed class ContextFinder(CliEnvironment environment)
{
    private const string Variable = "BROKER_CONTEXT";
    private readonly ContextFolder _folder = new(environment);

    /// <exception cref="CliFailureException">There is none, or it cannot be read.</exception>
    public FoundContext Find(string? option)
    {
        if (!string.IsNullOrEmpty(option))
        {
            return new FoundContext(ContextReader.Read(FileOf(option)), "--context");
        }

        if (environment.Variable(Variable) is { Length: > 0 } variable)
        {
            return new FoundContext(ContextReader.Read(FileOf(variable)), "$" + Variable);
        }

        // A link that leads nowhere is a context as well: reading it says where it led.
        if (_folder.Current is { } current && (File.Exists(current) || new FileInfo(current).LinkTarget is not null))
        {
            return new FoundContext(ContextReader.Read(current), current);
        }

        throw new CliFailureException(
            CliCodes.ContextMissing,
            "No context says which broker to ask, and as whom.",
            "'broker init' writes one into its data folder: brokerctl --context FOLDER ..., or for good: "
            + "brokerctl context use FOLDER");
    }

    /// <summary>The context file that a text stands for: a path, a folder, or a name.</summary>
    /// <exception cref="CliFailureException">It stands for nothing.</exception>
    public string FileOf(string text)
    {
        if (ContextFolder.IsName(text) && _folder.FileOf(text) is { } named
            && new FileInfo(named).LinkTarget is not null)
        {
            return named;
        }

        var path = Path.GetFullPath(text, environment.Folder);
        if (Directory.Exists(path))
        {
            return Path.Combine(path, ContextFolder.FileName);
        }

        if (File.Exists(path) || !ContextFolder.IsName(text))
        {
            return path;
        }

        var known = _folder.Names;
        throw new CliFailureException(
            CliCodes.ContextUnknown,
            $"'{text}' is neither a file, nor a folder, nor the name of a context.",
            known.Count == 0
                ? "No names are known yet. Add one: brokerctl context use FOLDER --name NAME"
                : $"Known names: {string.Join(", ", known)}.");
    }
}
