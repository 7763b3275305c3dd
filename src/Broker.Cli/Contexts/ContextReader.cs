using System.Text.Json;
using System.Text.Json.Nodes;
using Broker.Cli.Hosting;

namespace Broker.Cli.Contexts;

/// <summary>Reads a context file; the files that it names are looked at when they are used.</summary>
internal static class ContextReader
{
    /// <exception cref="CliFailureException">It is missing, unreadable, or not what it should be.</exception>
    public static BrokerContext Read(string file)
    {
        // File names in it are relative to where it really lies, not to the link in the config folder.
        var real = Follow(file);
        JsonObject content;
        try
        {
            content = JsonNode.Parse(File.ReadAllText(real)) as JsonObject
                ?? throw Invalid(real, "it is not a JSON object");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliFailureException(
                CliCodes.ContextMissing,
                $"There is no context file {real}.",
                "Name the file or the data folder that 'broker init' made: brokerctl context use FOLDER",
                error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliFailureException(
                CliCodes.ContextFile,
                $"The context file {real} cannot be read: {error.Message}",
                "Run brokerctl as the user who owns the data folder, or make a certificate of your own: "
                + "broker person --data FOLDER --name NAME",
                error);
        }
        catch (JsonException error)
        {
            throw Invalid(real, error.Message, error);
        }

        return new BrokerContext(
            real,
            Address(content, real),
            Text(content, "node"),
            Text(content, "enrol"),
            Named(content, real, "ca"),
            Named(content, real, "certificate"),
            Named(content, real, "key"));
    }

    private static string Follow(string file)
    {
        try
        {
            return new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file;
        }
        catch (IOException)
        {
            return file; // A ring of links: reading it says so.
        }
    }

    private static Uri Address(JsonObject content, string file) =>
        Uri.TryCreate(Text(content, "people"), UriKind.Absolute, out var address)
            && address.Scheme == Uri.UriSchemeHttps
            ? address
            : throw Invalid(file, "'people' is not an address such as https://127.0.0.1:8444");

    private static string Named(JsonObject content, string file, string name) =>
        Text(content, name) is { Length: > 0 } text
            ? Path.GetFullPath(text, Path.GetDirectoryName(Path.GetFullPath(file))!)
            : throw Invalid(file, $"'{name}' is missing");

    private static string? Text(JsonObject content, string name) =>
        content[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : null;

    private static CliFailureException Invalid(string file, string why, Exception? error = null) => new(
        CliCodes.ContextInvalid,
        $"{file} is not a context: {why}.",
        "A context is a JSON object with people, ca, certificate and key; 'broker init' writes one.",
        error);
}
