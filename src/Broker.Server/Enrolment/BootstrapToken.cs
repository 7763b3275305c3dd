using System.Security.Cryptography;
using System.Text;
using Broker.Core.Names;

namespace Broker.Server.Enrolment;

/// <summary>A bootstrap token in the form of Kubernetes, <c>[a-z0-9]{6}.[a-z0-9]{16}</c>.</summary>
internal sealed record BootstrapToken(TokenId Id, string Secret)
{
    public const int IdChars = 6;
    public const int SecretChars = 16;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>SHA-256 over the secret: all that the broker keeps.</summary>
    public string SecretHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Secret)));

    /// <summary>A fresh token from the system's random numbers.</summary>
    public static BootstrapToken New() => new(
        TokenId.Parse(RandomNumberGenerator.GetString(Alphabet, IdChars)),
        RandomNumberGenerator.GetString(Alphabet, SecretChars));

    public static BootstrapToken? Parse(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 2 || parts[1].Length != SecretChars || !NameRules.IsLabel(parts[1])
            || !TokenId.TryParse(parts[0], out var id))
        {
            return null;
        }

        return new BootstrapToken(id, parts[1]);
    }

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string secretHash) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(SecretHash), Encoding.ASCII.GetBytes(secretHash));

    /// <summary>The whole token, secret included.</summary>
    public override string ToString() => $"{Id}.{Secret}";
}
