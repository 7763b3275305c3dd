namespace Broker.Server.Api;

/// <summary>Turns the texts of a request into the types of the core, naming the field that does not fit.</summary>
internal static class FieldReader
{
    /// <summary>A parser of the core's types: false for a text of another form.</summary>
    public delegate bool TryParse<T>(string? text, out T value);

    /// <exception cref="ApiProblemException">The text does not have the form of the type.</exception>
    public static T Read<T>(string field, string? text, TryParse<T> parse)
    {
        return parse(text, out var value)
            ? value
            : throw new ApiProblemException(
                "invalid_field", $"{field}: '{Shorten(text)}' is not {FieldForms.Of<T>()}.");
    }

    /// <exception cref="ApiProblemException">One of the texts does not have the form of the type.</exception>
    public static IReadOnlyList<T> ReadList<T>(
        string field, IReadOnlyList<string>? texts, int countMax, TryParse<T> parse)
    {
        if (texts is null)
        {
            return [];
        }

        if (texts.Count > countMax)
        {
            throw new ApiProblemException("invalid_field", $"{field}: at most {countMax} entries, not {texts.Count}.");
        }

        return [.. texts.Select((text, i) => Read($"{field}[{i}]", text, parse))];
    }

    /// <summary>One of a closed set of words.</summary>
    /// <exception cref="ApiProblemException">The word is none of them.</exception>
    public static T Choose<T>(string field, string? text, IReadOnlyDictionary<string, T> words) =>
        text is not null && words.TryGetValue(text, out var value)
            ? value
            : throw new ApiProblemException(
                "invalid_field", $"{field}: '{Shorten(text)}' is none of {string.Join(", ", words.Keys)}.");

    private static string Shorten(string? text) => text switch
    {
        null => "(missing)",
        { Length: > 80 } => text[..80] + "...",
        _ => text,
    };
}
