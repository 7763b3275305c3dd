using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

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
            return await ParseAsync(context.Request.BodyReader, type, context.RequestAborted)
                ?? throw new ApiProblemException("body_malformed", "The body is null; an object is expected.");
        }
        catch (JsonException error)
        {
            throw new ApiProblemException("body_malformed", JsonFaults.Describe(error));
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new ApiProblemException("body_too_large", error.Message);
        }
        catch (BadHttpRequestException error)
        {
            throw new ApiProblemException("body_malformed", error.Message);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The caller reset the stream in the middle of the body: nobody is left to answer, and it is no fault here.
            throw new ConnectionAbortedException("The caller has gone.", error);
        }
    }

    /// <summary>Like <see cref="ReadAsync"/>, for calls whose body may be left out.</summary>
    public static Task<T> ReadOrDefaultAsync<T>(HttpContext context, JsonTypeInfo<T> type, T none)
        where T : class =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
            || (context.Request.ContentLength == 0 && context.Request.ContentType is null)
            ? Task.FromResult(none)
            : ReadAsync(context, type);

    // The whole of it at once: the listener's limit bounds it.
    private static async Task<T?> ParseAsync<T>(PipeReader reader, JsonTypeInfo<T> type, CancellationToken aborted)
        where T : class
    {
        var read = await reader.ReadAsync(aborted);
        while (!read.IsCompleted)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await reader.ReadAsync(aborted);
        }

        try
        {
            return Parse(read.Buffer, type);
        }
        finally
        {
            reader.AdvanceTo(read.Buffer.End);
        }
    }

    private static T? Parse<T>(ReadOnlySequence<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        var bytes = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
        var mark = Encoding.UTF8.Preamble; // A byte order mark is passed over, RFC 8259 section 8.1.
        return JsonSerializer.Deserialize(bytes.StartsWith(mark) ? bytes[mark.Length..] : bytes, type);
    }

    private static bool IsJson(string? contentType) =>
        contentType is not null
        && (contentType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || contentType.StartsWith("application/json;", StringComparison.OrdinalIgnoreCase));
}
