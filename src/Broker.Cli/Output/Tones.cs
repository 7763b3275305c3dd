using Spectre.Console;

namespace Broker.Cli.Output;

/// <summary>
/// What colour a word of state has on a terminal: green is in use, yellow waits, red is refused, dim is past. The word
/// itself says the same to whoever sees no colours.
/// </summary>
internal static class Tones
{
    private static readonly Style good = new(Color.Green);
    private static readonly Style waits = new(Color.Yellow);
    private static readonly Style refused = new(Color.Red);
    private static readonly Style past = new(decoration: Decoration.Dim);

    /// <summary>For a standing, a slot or the status of a request.</summary>
    public static Style Of(string word) => word switch
    {
        "active" or "current" or "issued" => good,
        "quarantined" or "next" or "grace" or "held" or "approved" or "pending" => waits,
        "fenced" or "denied" or "failed" or "contradicted" => refused,
        "retired" => past,
        _ => Style.Plain,
    };
}
