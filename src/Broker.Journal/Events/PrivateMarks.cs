using Broker.Core.Journal;
using Broker.Core.Names;

namespace Broker.Journal.Events;

/// <summary>What stands in the journal for a private value: <c>private:</c> and its commitment.</summary>
internal static class PrivateMarks
{
    private const string Prefix = "private:";

    /// <summary>Whether the text is one.</summary>
    public static bool Is(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && NameRules.IsLowerHex(text[Prefix.Length..], 64);

    /// <summary>The text of a commitment.</summary>
    public static string Text(PrivateText value) => Prefix + value.Commitment;

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is something else, such as a value in clear.</exception>
    public static PrivateText Read(string text) => Is(text)
        ? PrivateText.FromCommitment(text[Prefix.Length..])
        : throw new FormatException("A private value stands in the journal only as a commitment.");
}
