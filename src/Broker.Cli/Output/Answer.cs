using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Broker.Contracts;

namespace Broker.Cli.Output;

/// <summary>Writes what the broker answered in the format that was asked for.</summary>
internal sealed class Answer(Screen screen, OutputFormat format)
{
    public Screen Screen => screen;

    public OutputFormat Format => format;

    /// <summary>A list: the whole answer for JSON and YAML, its rows for CSV and people.</summary>
    /// <param name="answer">What the broker said.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">How people see them.</param>
    /// <param name="none">What to say, on standard error, when there are no rows.</param>
    public void List<TAnswer, TRow>(
        TAnswer answer, IReadOnlyList<TRow> rows, IReadOnlyList<Column<TRow>> columns, string none)
    {
        switch (format)
        {
            case OutputFormat.Table when rows.Count > 0:
                TextTable.Write(screen, columns, rows);
                break;
            case OutputFormat.Table:
                break;
            case OutputFormat.Csv:
                CsvRows.Write(screen.Out, TypeOf<TRow>(), rows.Select(Node));
                break;
            default:
                Document(Node(answer));
                break;
        }

        if (rows.Count == 0)
        {
            screen.Note(none);
        }
    }

    /// <summary>One thing.</summary>
    public void One<T>(T answer, Action<T> forPeople)
    {
        switch (format)
        {
            case OutputFormat.Table:
                forPeople(answer);
                break;
            case OutputFormat.Csv:
                CsvRows.Write(screen.Out, TypeOf<T>(), [Node(answer)]);
                break;
            default:
                Document(Node(answer));
                break;
        }
    }

    /// <summary>One thing whose rows are what a spreadsheet wants.</summary>
    public void Rows<TAnswer, TRow>(TAnswer answer, IReadOnlyList<TRow> rows, Action<TAnswer> forPeople)
    {
        switch (format)
        {
            case OutputFormat.Table:
                forPeople(answer);
                break;
            case OutputFormat.Csv:
                CsvRows.Write(screen.Out, TypeOf<TRow>(), rows.Select(Node));
                break;
            default:
                Document(Node(answer));
                break;
        }
    }

    /// <summary>A list of this program's own.</summary>
    public void Own(string name, IReadOnlyList<JsonObject> rows, IReadOnlyList<Column<JsonObject>> columns, string none)
    {
        switch (format)
        {
            case OutputFormat.Table when rows.Count > 0:
                TextTable.Write(screen, columns, rows);
                break;
            case OutputFormat.Table:
                break;
            case OutputFormat.Csv:
                CsvRows.Write(screen.Out, rows);
                break;
            default:
                Document(new JsonObject { [name] = new JsonArray([.. rows]) });
                break;
        }

        if (rows.Count == 0)
        {
            screen.Note(none);
        }
    }

    /// <summary>A document of this program's own, for programs.</summary>
    public void Document(JsonNode? node)
    {
        switch (format)
        {
            case OutputFormat.Yaml:
                WireText.WriteYaml(screen.Out, node);
                break;
            case OutputFormat.Csv when node is JsonObject row:
                CsvRows.Write(screen.Out, [row]);
                break;
            default:
                WireText.WriteJson(screen.Out, node);
                break;
        }
    }

    private static JsonTypeInfo TypeOf<T>() => BrokerJson.Default.GetTypeInfo(typeof(T))
        ?? throw new InvalidOperationException($"{typeof(T)} is no type of the wire.");

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, TypeOf<T>());
}
