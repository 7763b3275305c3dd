using System.Globalization;

namespace Broker.Server.Api;

/// <summary>Reads query parameters; unknown, repeated and malformed ones are refused by name.</summary>
internal sealed class QueryReader
{
    private const int ValueCharsMax = 512;
    private readonly HttpContext _context;

    /// <exception cref="ApiProblemException">A parameter is not known here, or stands twice.</exception>
    public QueryReader(HttpContext context, params string[] known)
    {
        _context = context;
        foreach (var (name, values) in context.Request.Query)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                var list = known.Length == 0 ? "none" : string.Join(", ", known);
                throw Invalid(name, $"is not known here; known: {list}");
            }

            if (values.Count != 1 || values[0]!.Length > ValueCharsMax)
            {
                throw Invalid(name, $"stands once and has at most {ValueCharsMax} characters");
            }
        }
    }

    public string? Text(string name) => _context.Request.Query[name].FirstOrDefault();

    /// <exception cref="ApiProblemException">It is missing.</exception>
    public string Required(string name) => Text(name) ?? throw Invalid(name, "is missing");

    /// <exception cref="ApiProblemException">It is not a whole number.</exception>
    public long? Number(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Invalid(name, "is not a whole number");
    }

    /// <exception cref="ApiProblemException">It is not true or false.</exception>
    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Invalid(name, "is neither true nor false"),
    };

    public static ApiProblemException Invalid(string name, string what) =>
        new("query_invalid", $"The query parameter '{name}' {what}.");
}
