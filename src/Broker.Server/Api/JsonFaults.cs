using System.Text.Json;

namespace Broker.Server.Api;

/// <summary>
/// What is wrong with a body, in words of the wire: the serializer's own sentences name types of ours, which say
/// nothing to the caller.
/// </summary>
internal static class JsonFaults
{
    private const string NotConverted = "could not be converted to ";
    private const string NotMapped = " could not be mapped to any .NET member";
    private const string MissingRequired = " was missing required properties including: ";
    private const string Duplicate = "Duplicate property ";
    private const string NotNull = " doesn't allow null values";

    /// <summary>The fault with the field and the place.</summary>
    public static string Describe(JsonException error) =>
        $"{Sentence(Bare(error.Message))} At {error.Path ?? "$"}, line {error.LineNumber + 1 ?? 1}.";

    private static string Sentence(string message)
    {
        if (After(message, NotConverted) is { } type)
        {
            return $"The value is not {Words(type)}.";
        }

        if (message.Contains(NotMapped, StringComparison.Ordinal))
        {
            return $"The member {Quoted(message)} is not known here.";
        }

        if (message.StartsWith(Duplicate, StringComparison.Ordinal))
        {
            return $"The member {Quoted(message)} stands twice.";
        }

        if (After(message, MissingRequired) is { } names)
        {
            return $"Missing: {names.TrimEnd('.')}.";
        }

        return message.Contains(NotNull, StringComparison.Ordinal)
            ? $"The member {Quoted(message)} is null, and needs a value."
            : message;
    }

    private static string Bare(string message)
    {
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private static string? After(string message, string mark)
    {
        var at = message.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? null : message[(at + mark.Length)..];
    }

    // The first thing between quotes is the member.
    private static string Quoted(string message)
    {
        var parts = message.Split('\'', 3);
        return parts.Length == 3 ? $"'{parts[1]}'" : "of that name";
    }

    private static string Words(string type)
    {
        foreach (var (part, words) in new[]
        {
            ("List", "a list"),
            ("Boolean", "true or false"),
            ("Int32", "a whole number of 32 bits"),
            ("Int64", "a whole number of 64 bits"),
            ("String", "text"),
        })
        {
            if (type.Contains(part, StringComparison.Ordinal))
            {
                return words;
            }
        }

        return "an object";
    }
}
