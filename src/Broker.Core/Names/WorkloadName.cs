namespace Broker.Core.Names;

/// <summary>A workload that keeps its name while its pods come and go, as <c>namespace/name</c> of the pod.</summary>
public readonly record struct WorkloadName
{
    private WorkloadName(string value) => Value = value;

    /// <summary>The text, never null for a parsed value.</summary>
    public string Value { get; }

    /// <summary>Reads a namespace and a pod's name with a slash between them.</summary>
    public static bool TryParse(string? text, out WorkloadName value)
    {
        value = default;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0 || !NameRules.IsLabel(text.AsSpan(0, slash)) || !NameRules.IsSubdomain(text![(slash + 1)..]))
        {
            return false;
        }

        value = new WorkloadName(text);
        return true;
    }

    /// <summary>Takes text that is known to be right.</summary>
    /// <exception cref="FormatException">The text does not have the form that the type demands.</exception>
    public static WorkloadName Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not a WorkloadName.");

    /// <summary>The text itself.</summary>
    public override string ToString() => Value ?? string.Empty;
}
