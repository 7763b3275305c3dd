using System.Security.Cryptography;
using Broker.Core.Journal;

namespace Broker.Server.Api;

/// <summary>The caller of a request as the core and the journal know it.</summary>
internal static class Operators
{
    /// <summary>The acting operator, with the name sealed.</summary>
    public static Actor Actor(HttpContext context)
    {
        var caller = Callers.Required(context);
        return Core.Journal.Actor.Operator(Seal(caller.Name), caller.CertificateHash);
    }

    /// <summary>Seals a free text with fresh salt; null stays null.</summary>
    /// <exception cref="ApiProblemException">The text is longer than the journal takes.</exception>
    public static PrivateText? Reason(string? text) => text is null ? null : Private("reason", text);

    /// <summary>Seals the free text of a field with fresh salt.</summary>
    /// <exception cref="ApiProblemException">The text is longer than the journal takes.</exception>
    public static PrivateText Private(string field, string text) =>
        System.Text.Encoding.UTF8.GetByteCount(text) <= PrivateText.ValueBytesMax
            ? Seal(text)
            : throw new ApiProblemException(
                "invalid_field", $"{field}: at most {PrivateText.ValueBytesMax} bytes of UTF-8.");

    private static PrivateText Seal(string text) =>
        PrivateText.Seal(text, RandomNumberGenerator.GetBytes(PrivateText.SaltBytes));
}
