using System.Text.Json;
using Broker.Core.Events;
using Broker.Core.Journal;

namespace Broker.Journal.Events;

/// <summary>How one type of event stands in the journal: its name, and the members of its <c>data</c>.</summary>
internal sealed record EventShape(
    string Name,
    Type EventType,
    Action<Utf8JsonWriter, LedgerEvent> Write,
    Func<JsonElement, LedgerEvent> Read,
    Func<LedgerEvent, PrivateText?> Reason)
{
    /// <summary>A person whom the event names besides its actor.</summary>
    public Func<LedgerEvent, PrivateText?> Owner { get; init; } = _ => null;

    /// <summary>Describes an event without private text.</summary>
    public static EventShape Of<T>(string name, Action<Utf8JsonWriter, T> write, Func<JsonElement, T> read)
        where T : LedgerEvent =>
        new(name, typeof(T), (json, e) => write(json, (T)e), read, _ => null);

    /// <summary>Describes an event with a reason; it is the last member.</summary>
    public static EventShape WithReason<T>(
        string name,
        Action<Utf8JsonWriter, T> write,
        Func<JsonElement, PrivateText?, T> read,
        Func<T, PrivateText?> reason)
        where T : LedgerEvent => new(
            name,
            typeof(T),
            (json, e) =>
            {
                write(json, (T)e);
                json.Reason(reason((T)e));
            },
            json => read(json, json.Reason()),
            e => reason((T)e));
}
