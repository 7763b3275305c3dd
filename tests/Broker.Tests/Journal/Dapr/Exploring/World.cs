using System.Globalization;
using System.Text;
using Broker.Journal.Dapr.Protocol;

namespace Broker.Tests.Journal.Dapr.Exploring;

/// <summary>
/// Everything at one moment. The head's value is <c>CLAIM:BATCH,BATCH,…</c>: the chain that it stands for, the last
/// one of which it carries itself.
/// </summary>
internal sealed record World(
    string Head,
    int ETag,
    IReadOnlyDictionary<int, string> Keys,
    IReadOnlyList<Call> Calls,
    IReadOnlyList<Writer> Writers,
    IReadOnlyList<string> Acknowledged,
    int Repeats)
{
    public HeadCopy Read() => new(Value(Head), ETag.ToString(CultureInfo.InvariantCulture));

    public World With(int writer, Writer state) => this with
    {
        Writers = [.. Writers.Select((w, i) => i == writer ? state : w)],
    };

    public static StoredValue Value(string text) => new(Encoding.ASCII.GetBytes(text));

    public static string[] Chain(string head) => head[(head.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(',');

    public static bool IsOlder(StoredValue value, StoredValue known) =>
        Chain(value.ToString()).Length < Chain(known.ToString()).Length;

    public override string ToString()
    {
        var text = new StringBuilder(256);
        text.Append(Head).Append('@').Append(ETag).Append('|');
        foreach (var (key, value) in Keys.OrderBy(pair => pair.Key))
        {
            text.Append(key).Append('=').Append(value).Append(' ');
        }

        text.Append('|').AppendJoin(' ', Calls.Select(call => call.ToString()).Order(StringComparer.Ordinal));
        text.Append('|').AppendJoin(' ', Writers);
        return text.Append('|').AppendJoin(' ', Acknowledged).Append('|').Append(Repeats).ToString();
    }
}
