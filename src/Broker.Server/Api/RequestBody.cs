using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Broker.Server.Api;

/// <summary>Reads a JSON body: limited before it is read, strict when it is parsed.</summary>
internal static class RequestBody
{
    /// <exception cref="ApiProblemException">The body is no JSON of that type, or too large.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        if (!IsJson(context.Request.ContentType))
        {
            throw new ApiProblemException("media_type", $"The content type is '{context.Request.ContentType}'.");
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted)
                ?? throw new ApiProblemException("body_malformed", "The body is null; an object is expected.");
        }
        catch (JsonException error)
        {
            throw new ApiProblemException("body_malformed", Describe(error));
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new ApiProblemException("body_too_large", error.Message);
        }
        catch (BadHttpRequestException error)
        {
            throw new ApiProblemException("body_malformed", error.Message);
        }
    }

    /// <summary>Like <see cref="ReadAsync"/>, for calls whose body may be left out.</summary>
    public static Task<T> ReadOrDefaultAsync<T>(HttpContext context, JsonTypeInfo<T> type, T none)
        where T : class =>
        context.Request.ContentLength is 0 or null && context.Request.ContentType is null
            ? Task.FromResult(none)
            : ReadAsync(context, type);

    private static bool IsJson(string? contentType) =>
        contentType is not null
        && (contentType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || contentType.StartsWith("application/json;", StringComparison.OrdinalIgnoreCase));

    // The serializer's own sentence ends in type names of ours; the caller needs the field and the place.
    private static string Describe(JsonException error)
    {
        var message = error.Message;
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        var what = end < 0 ? message : message[..end];
        foreach (var prefix in new[] { "Broker.Contracts." })
        {
            what = what.Replace(prefix, string.Empty, StringComparison.Ordinal);
        }

        return $"{what} At {error.Path ?? "$"}, line {error.LineNumber + 1 ?? 1}.";
    }
}
