namespace Broker.Cli.Output;

/// <summary>How an answer is written: for people, or for programs.</summary>
internal enum OutputFormat
{
    Table = 0,
    Json = 1,
    Yaml = 2,
    Csv = 3,
}
