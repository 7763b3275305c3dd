namespace Broker.Cli.Pools.Apply;

/// <summary>A field with its old and new value as text.</summary>
internal sealed record FieldChange(string Field, string Old, string New);
