using System.Security.Cryptography;
using System.Text;

namespace Broker.Core.Journal;

/// <summary>
/// Free text or a person's name. Only its salted commitment stands in the journal,
/// <c>SHA-256("broker/commit/v1" || 32-byte salt || UTF-8 value)</c>; value and salt lie in an erasable table.
/// </summary>
public sealed record PrivateText
{
    /// <summary>Bytes of a salt.</summary>
    public const int SaltBytes = 32;

    /// <summary>Longest value, in UTF-8 bytes.</summary>
    public const int ValueBytesMax = 1024;

    private PrivateText(string commitment, string? value, string? salt) =>
        (Commitment, Value, Salt) = (commitment, value, salt);

    /// <summary>64 lower-case hexadecimal digits: what stands in the journal.</summary>
    public string Commitment { get; }

    /// <summary>The value, or null once it is read back from the journal alone.</summary>
    public string? Value { get; }

    /// <summary>The salt in lower-case hexadecimal, or null once it is read back from the journal alone.</summary>
    public string? Salt { get; }

    /// <summary>Seals a value with a random salt that the caller made.</summary>
    /// <exception cref="ArgumentException">The salt is not 32 bytes, or the value exceeds 1,024 bytes.</exception>
    public static PrivateText Seal(string value, ReadOnlySpan<byte> salt)
    {
        if (salt.Length != SaltBytes)
        {
            throw new ArgumentException($"A salt is {SaltBytes} bytes.", nameof(salt));
        }

        var text = Encoding.UTF8.GetBytes(value);
        if (text.Length > ValueBytesMax)
        {
            throw new ArgumentException($"A private value is at most {ValueBytesMax} bytes.", nameof(value));
        }

        byte[] input = [.. "broker/commit/v1"u8, .. salt, .. text];
        return new PrivateText(Convert.ToHexStringLower(SHA256.HashData(input)), value, Convert.ToHexStringLower(salt));
    }

    /// <summary>What is known from the journal alone.</summary>
    public static PrivateText FromCommitment(string commitment) => new(commitment, null, null);

    /// <summary>Equal when the commitments are: the value may be known to one side only.</summary>
    public bool Equals(PrivateText? other) => other is not null && other.Commitment == Commitment;

    public override int GetHashCode() => Commitment.GetHashCode(StringComparison.Ordinal);

    /// <summary>Never shows the value.</summary>
    public override string ToString() => $"private:{Commitment}";
}
