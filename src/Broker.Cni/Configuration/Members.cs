using System.Text.Json;
using Broker.Cni.Errors;

namespace Broker.Cni.Configuration;

/// <summary>Reads members of a JSON object; an error names the member by its whole path.</summary>
internal readonly struct Members
{
    private readonly JsonElement _object;

    public Members(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(path.Length == 0 ? "The network configuration" : path, "must be an object.");
        }

        (_object, Path) = (element, path);
    }

    /// <summary>Where the object stands, such as <c>ipam</c>; empty for the whole.</summary>
    public string Path { get; }

    public JsonElement.ObjectEnumerator All => _object.EnumerateObject();

    public JsonElement? Find(string name) =>
        _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>An object in this one, or null.</summary>
    public Members? Object(string name) => Find(name) is { } value ? new Members(value, PathOf(name)) : null;

    /// <summary>A text, or null.</summary>
    public string? Text(string name) => Find(name) is not { } value ? null : TextOf(value, PathOf(name));

    /// <summary>A text that must be there.</summary>
    public string Required(string name) => Text(name) is { Length: > 0 } text
        ? text
        : throw Wrong(PathOf(name), "is missing.");

    /// <summary>Texts; none when there is no such member.</summary>
    public IReadOnlyList<string> Texts(string name, int countMax)
    {
        List<string> texts = [];
        foreach (var value in Items(name, countMax))
        {
            texts.Add(TextOf(value, PathOf(name)));
        }

        return texts;
    }

    /// <summary>The items of an array; none when there is no such member.</summary>
    public IReadOnlyList<JsonElement> Items(string name, int countMax)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > countMax)
        {
            throw Wrong(PathOf(name), $"must be a list of at most {countMax}.");
        }

        return [.. value.EnumerateArray()];
    }

    /// <summary>A whole number in a range, or the default.</summary>
    public int Number(string name, int least, int most, int otherwise)
    {
        if (Find(name) is not { } value)
        {
            return otherwise;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            && number >= least && number <= most
            ? number
            : throw Wrong(PathOf(name), $"must be a whole number from {least} to {most}, not {value.GetRawText()}.");
    }

    /// <summary>A member of that name as an error names it.</summary>
    public string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    /// <summary>Code 7, in one form.</summary>
    public static CniException Wrong(string what, string why) => new(
        CniErrorCode.InvalidNetworkConfig,
        $"invalid network config: {what} {why}",
        "Correct the network configuration in the runtime's CNI folder.");

    private static string TextOf(JsonElement value, string path) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw Wrong(path, "must be a text.");
}
