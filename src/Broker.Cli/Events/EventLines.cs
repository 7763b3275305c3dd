using System.Text.Json.Nodes;
using Broker.Cli.Output;
using Broker.Client;
using CsvHelper;

namespace Broker.Cli.Events;

/// <summary>
/// Events one by one, so that a follower sees each at once: a line for people, a line of JSON with the event's exact
/// bytes, a YAML document, or a row.
/// </summary>
internal sealed class EventLines : IDisposable
{
    private readonly TextWriter _output;
    private readonly OutputFormat _format;
    private readonly CsvWriter? _csv;

    public EventLines(TextWriter output, OutputFormat format)
    {
        (_output, _format) = (output, format);
        if (format == OutputFormat.Csv)
        {
            _csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
            WriteRow("position", "at", "type", "subject", "actor", "event");
        }
    }

    /// <summary>How many were written.</summary>
    public long Count { get; private set; }

    public void Dispose() => _csv?.Dispose();

    public void Write(StreamedEvent item)
    {
        Count++;
        var position = Shown.Number(item.Position);
        var parsed = JsonNode.Parse(item.Line)!.AsObject();
        switch (_format)
        {
            case OutputFormat.Json:
                // As it came: whoever hashes the line finds the leaf of the journal.
                _output.WriteLine($"{{\"position\":{position},\"event\":{item.Line}}}");
                break;
            case OutputFormat.Yaml:
                _output.WriteLine("---");
                WireText.WriteYaml(_output, new JsonObject { ["position"] = item.Position, ["event"] = parsed });
                break;
            case OutputFormat.Csv:
                WriteRow(
                    position,
                    Text(parsed, "at"),
                    item.Type,
                    Text(parsed, "subject"),
                    EventText.Actor(parsed),
                    item.Line);
                break;
            default:
                _output.WriteLine(
                    $"{position,7}  {Shown.Time(Text(parsed, "at"))}  {item.Type,-20}  {Text(parsed, "subject"),-22}  "
                    + EventText.Summary(parsed));
                break;
        }

        _output.Flush();
    }

    private static string Text(JsonObject json, string name) => json[name]?.ToString() ?? string.Empty;

    private void WriteRow(params string[] cells)
    {
        _csv!.WriteRecord(cells);
        _csv.Flush();
    }
}
